import { CASE_STATES, FINDINGS, LAMPS } from '@zhidu/domain'
import type { User } from './accounts.ts'
import { caseFileOf, caseIdOf } from './cases.ts'
import { type IdField, kinOf, NO_UUID, NOBODY, outsideOf, type Registered } from './question-parts.ts'

export const caseField: IdField = {
  field: 'caseId',
  foreign: (user) => outsideOf(user).map((code) => caseIdOf(code)),
  nothing: NO_UUID,
}
const unitField: IdField = { field: 'unitCode', foreign: outsideOf, nothing: NOBODY }

/** The last thing that three items before it in the list's order cannot tell. */
const FOREIGN_PLACE = Buffer.from(JSON.stringify([Date.parse('2026-10-20T00:00:00+08:00'), caseIdOf('A312')])).toString(
  'base64url',
)
const ALL = { view: 'all' } as const

/** Every procedure of cases. */
export const CASE_PROCEDURES: Readonly<Record<string, Registered>> = {
  'case.list': {
    type: 'query',
    inputs: (user) => [
      ALL,
      { view: 'waiting' },
      { view: 'open' },
      { ...ALL, cursor: FOREIGN_PLACE },
      ...CASE_STATES.map((state) => ({ ...ALL, state })),
      ...LAMPS.map((lamp) => ({ ...ALL, lamp })),
      ...FINDINGS.map((finding) => ({ ...ALL, finding })),
      ...kinOf(user).map((unitCode) => ({ ...ALL, unitCode })),
    ],
    ids: [unitField],
  },
  'case.waiting': { type: 'query', inputs: () => [{}] },
  'case.get': {
    type: 'query',
    inputs: (user) => kinOf(user).map((code) => ({ caseId: caseIdOf(code) })),
    ids: [caseField],
  },
  'case.closure': {
    type: 'query',
    inputs: () => ['2026Q2', '2026Q3', '2026Q4'].map((quarter) => ({ quarter })),
  },
  'case.notify': { type: 'mutation', inputs: () => [{ inspectionIds: [NO_UUID] }] },
  'case.handle': {
    type: 'mutation',
    inputs: () => [{ caseId: NO_UUID, steps: 2, kind: 'confirmed', note: '核对日志' }],
    ids: [caseField],
  },
  'case.answer': {
    type: 'mutation',
    inputs: () => [{ caseId: NO_UUID, steps: 1, kind: 'received' }],
    ids: [caseField],
  },
  'case.announceFile': {
    type: 'mutation',
    inputs: () => [{ caseId: NO_UUID, sha256: '0'.repeat(64), type: 'image/jpeg', bytes: 100, name: '照片.jpg' }],
    ids: [caseField],
  },
}

export function caseFilesOf(user: User): readonly string[] {
  return kinOf(user).map((code) => `/files/cases/${caseIdOf(code)}/${caseFileOf(code)}`)
}
