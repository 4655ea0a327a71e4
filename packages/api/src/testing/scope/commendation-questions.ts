import { type Registered } from './question-parts.ts'

const ABOUT = { quarter: '2026Q3', group: '无此组', steps: 0, frozenVersion: null }

/** Every procedure of the lists for praise and criticism; a list is of the asker's own office. */
export const COMMENDATION_PROCEDURES: Readonly<Record<string, Registered>> = {
  'commendation.get': { type: 'query', inputs: () => [{ quarter: '2026Q3', group: '无此组' }] },
  'commendation.decide': { type: 'mutation', inputs: () => [{ ...ABOUT, names: [], note: null }] },
  'commendation.confirm': { type: 'mutation', inputs: () => [ABOUT] },
  'commendation.return': { type: 'mutation', inputs: () => [{ ...ABOUT, note: '名单有误' }] },
}
