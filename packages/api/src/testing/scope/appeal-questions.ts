import { APPEAL_STATES } from '@zhidu/domain'
import { appealIdOf } from './appeals.ts'
import { type IdField, kinOf, NO_UUID, outsideOf, perQuarter, type Registered, unitField } from './question-parts.ts'

const appealField: IdField = {
  field: 'appealId',
  foreign: (user) => outsideOf(user).map((code) => appealIdOf(code)),
  nothing: NO_UUID,
}
const ALL = { view: 'all' } as const
const DEDUCTION = { quarter: '2026Q3', ref: 'K-NOTHING', code: 'absent', at: '2026-08-01T10:00:00+08:00' } as const

/** Every procedure of assessments and appeals. */
export const APPEAL_PROCEDURES: Readonly<Record<string, Registered>> = {
  'assessment.get': { type: 'query', inputs: perQuarter },
  'assessment.prepare': {
    type: 'mutation',
    inputs: () => [{ quarter: '2026Q3', steps: 0, kind: 'returned', note: '事实有误' }],
  },
  'assessment.approve': { type: 'mutation', inputs: () => [{ quarter: '2026Q3', steps: 0, marksAppeals: false }] },
  'appeal.list': {
    type: 'query',
    inputs: (user) => [
      ALL,
      { view: 'waiting' },
      { view: 'open' },
      { ...ALL, quarter: '2026Q3' },
      ...APPEAL_STATES.map((state) => ({ ...ALL, state })),
      ...kinOf(user).map((unitCode) => ({ ...ALL, unitCode })),
    ],
    ids: [unitField],
  },
  'appeal.get': {
    type: 'query',
    inputs: (user) =>
      kinOf(user).flatMap((code) => [
        { appealId: appealIdOf(code) },
        // Of a text that was not handed in.
        { appealId: appealIdOf(code, '甲 kept') },
      ]),
    ids: [appealField],
  },
  'appeal.notice': {
    type: 'query',
    inputs: (user) => kinOf(user).map((unitCode) => ({ unitCode, quarter: '2026Q3' })),
    ids: [unitField],
  },
  'appeal.begin': { type: 'mutation', inputs: () => [{ ...DEDUCTION, note: '当晚有人值守' }] },
  'appeal.answer': {
    type: 'mutation',
    inputs: () => [{ appealId: NO_UUID, steps: 1, kind: 'withdrawn' }],
    ids: [appealField],
  },
  'appeal.decide': {
    type: 'mutation',
    inputs: () => [{ appealId: NO_UUID, steps: 2, kind: 'accepted' }],
    ids: [appealField],
  },
}
