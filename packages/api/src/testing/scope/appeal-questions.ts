import { APPEAL_STATES } from '@zhidu/domain'
import { type IdField, kinOf, NO_UUID, perQuarter, type Registered, unitField } from './question-parts.ts'

/** Nobody appeals in the worlds that are compared: whose an appeal is holds `policies.scope.db.test.ts` and `appeal.db.test.ts`. */
const appealField: IdField = { field: 'appealId', foreign: () => [], nothing: NO_UUID }
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
  'appeal.get': { type: 'query', inputs: () => [{ appealId: NO_UUID }], ids: [appealField] },
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
