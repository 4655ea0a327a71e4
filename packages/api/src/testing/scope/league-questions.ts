import { FROZEN_QUARTER, kinOf, NOBODY, outsideOf, perQuarter, type Registered, unitField } from './question-parts.ts'
import { MOVED } from './tree.ts'

/** Every procedure of the league table and its indicators. */
export const LEAGUE_PROCEDURES: Readonly<Record<string, Registered>> = {
  'league.groups': { type: 'query', inputs: perQuarter },
  'league.table': {
    type: 'query',
    inputs: () => [
      ...['市组', '县组', '乡镇组', '没有的组'].map((group) => ({ quarter: '2026Q3', group })),
      { quarter: FROZEN_QUARTER, group: '乡镇组' },
      { quarter: '2026Q2', group: '乡镇组', asOf: '2026-08-01T00:00:00+08:00' },
      { quarter: '2026Q2', group: '乡镇组', tree: 'now' },
    ],
  },
  'league.standing': {
    type: 'query',
    inputs: () => [
      ...['市组', '县组', '乡镇组', '没有的组'].map((group) => ({ quarter: '2026Q3', group })),
      { quarter: FROZEN_QUARTER, group: '乡镇组' },
      { quarter: '2026Q2', group: '乡镇组', tree: 'now' },
    ],
  },
  'league.pair': {
    type: 'query',
    // Each pair once, in the one order or the other.
    inputs: (user) => {
      const kin = kinOf(user)
      return kin.flatMap((one, index) =>
        kin.slice(index + 1).map((other, place) => {
          const [above, below] = place % 2 === 0 ? [one, other] : [other, one]
          return { quarter: '2026Q3', group: '乡镇组', above, below }
        }),
      )
    },
    ids: [
      { field: 'above', foreign: outsideOf, nothing: NOBODY },
      { field: 'below', foreign: outsideOf, nothing: NOBODY },
    ],
  },
  'league.explainMove': {
    type: 'query',
    inputs: (user) => [
      ...kinOf(user).map((unitCode) => ({ unitCode, quarter: '2026Q3' })),
      { unitCode: MOVED.unitCode, quarter: '2026Q4' },
    ],
    ids: [unitField],
  },
  'indicator.group': {
    type: 'query',
    inputs: () => [
      ...['市组', '县组', '乡镇组', '没有的组'].map((group) => ({ quarter: '2026Q3', group })),
      { quarter: FROZEN_QUARTER, group: '乡镇组' },
      { quarter: '2026Q2', group: '乡镇组', asOf: '2026-08-01T00:00:00+08:00' },
      { quarter: '2026Q2', group: '乡镇组', tree: 'now' },
    ],
  },
  'indicator.trend': {
    type: 'query',
    inputs: (user) => [
      ...kinOf(user).map((unitCode) => ({ unitCode, quarter: '2026Q3' })),
      { unitCode: MOVED.unitCode, quarter: '2026Q2' },
      { unitCode: MOVED.unitCode, quarter: '2026Q4' },
      { unitCode: MOVED.unitCode, quarter: '2026Q3', tree: 'now' },
    ],
    ids: [unitField],
  },
}
