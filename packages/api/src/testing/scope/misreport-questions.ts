import { MISREPORT_KINDS } from '@zhidu/domain'
import { type IdField, kinOf, NO_UUID, NOBODY, outsideOf, type Registered, unitField } from './question-parts.ts'
import { misreportIdOf } from './misreports.ts'

const caseField: IdField = {
  field: 'caseId',
  foreign: (user) => outsideOf(user).map((code) => misreportIdOf(code)),
  nothing: NO_UUID,
}
const eventField: IdField = {
  field: 'eventCode',
  foreign: (user) => outsideOf(user).map((code) => `E-${code}-11`),
  nothing: NOBODY,
}
const ALL = { view: 'all' } as const

/** Every procedure of suspected misreports. */
export const MISREPORT_PROCEDURES: Readonly<Record<string, Registered>> = {
  'misreport.list': {
    type: 'query',
    inputs: (user) => [
      ALL,
      { view: 'waiting' },
      { view: 'open' },
      { view: 'over' },
      ...MISREPORT_KINDS.map((kind) => ({ ...ALL, kind })),
      ...kinOf(user).map((unitCode) => ({ ...ALL, unitCode })),
      ...kinOf(user).map((unitCode) => ({ ...ALL, eventCode: `E-${unitCode}` })),
    ],
    ids: [unitField, eventField],
  },
  'misreport.waiting': { type: 'query', inputs: () => [{}] },
  'misreport.get': {
    type: 'query',
    inputs: (user) => kinOf(user).map((code) => ({ caseId: misreportIdOf(code) })),
    ids: [caseField],
  },
  'misreport.open': {
    type: 'mutation',
    inputs: () => [
      {
        unitCode: NOBODY,
        kind: 'omitted',
        eventCode: null,
        source: 'media',
        superiorAt: '2026-08-01T10:00:00+08:00',
        note: '媒体来电',
        figures: null,
      },
    ],
    ids: [unitField, eventField],
  },
  'misreport.handle': {
    type: 'mutation',
    inputs: () => [{ caseId: NO_UUID, steps: 1, kind: 'notified' }],
    ids: [caseField],
  },
  'misreport.answer': {
    type: 'mutation',
    inputs: () => [{ caseId: NO_UUID, steps: 1, kind: 'received' }],
    ids: [caseField],
  },
  'misreport.announceFile': {
    type: 'mutation',
    inputs: () => [{ caseId: NO_UUID, sha256: '0'.repeat(64), type: 'image/jpeg', bytes: 100, name: '照片.jpg' }],
    ids: [caseField],
  },
}
