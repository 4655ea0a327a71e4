import type { LeagueStanding, LeagueTable, StandingRow } from '@zhidu/contract'
import { makeTable } from './make-league.ts'

export function makeStandingRow(overrides: Partial<StandingRow> = {}): StandingRow {
  return {
    unitCode: 'D01',
    rank: 1,
    rankInterval: { low: 1, high: 2, level: 0.9 },
    expectedRank: 1.2,
    topQuarter: 0.9,
    bottomQuarter: 0.01,
    first: 0.85,
    last: 0,
    trueScore: { mean: 97.2, low: 93, high: 99.6 },
    band: 1,
    certain: { low: 1, high: 1, isFirst: true, isLast: false },
    aboveNext: 0.91,
    fair: {
      rank: 2,
      expectedRank: 1.8,
      low: 1,
      high: 3,
      lost: 3,
      expectedLoss: 4.5,
      ratio: 0.67,
      shrunkRatio: 0.82,
      reasons: [{ kind: 'volume', points: -1.5 }],
    },
    movement: null,
    ...overrides,
  }
}

/** Of the table of `makeTable`: one unit surely first, two that cannot be told apart. */
export function makeStanding(
  overrides: Partial<LeagueStanding> = {},
  table: LeagueTable = makeTable(),
): LeagueStanding {
  return {
    quarter: table.quarter,
    group: table.group,
    tree: 'then',
    provenance: table.provenance,
    level: 0.9,
    draws: 4000,
    seed: 'rank-range/1/sample/0123456789abcdef',
    measuredCount: 3,
    rankability: { share: 0.55, word: 'with_care' },
    bandCount: 2,
    bands: [
      { band: 1, unitCount: 1, highScore: 100, lowScore: 100 },
      { band: 2, unitCount: 2, highScore: 87.5, lowScore: 87.5 },
    ],
    codes: ['written_late'],
    isHidden: false,
    rows: [
      makeStandingRow(),
      makeStandingRow({
        unitCode: 'D13',
        rank: 2,
        rankInterval: { low: 2, high: 3, level: 0.9 },
        expectedRank: 2.6,
        topQuarter: 0.05,
        bottomQuarter: 0.45,
        band: 2,
        certain: { low: 1, high: 3, isFirst: false, isLast: false },
        aboveNext: 0.5,
        fair: {
          rank: 1,
          expectedRank: 1.4,
          low: 1,
          high: 3,
          lost: 12.5,
          expectedLoss: 20,
          ratio: 0.63,
          shrunkRatio: 0.7,
          reasons: [{ kind: 'volume', points: 6.2 }],
        },
        movement: {
          kind: 'solid',
          direction: 'down',
          now: { part: 22, whole: 26 },
          before: { part: 26, whole: 26 },
          interval: { low: -0.336, high: -0.014 },
          pValue: 0.004,
        },
      }),
      makeStandingRow({
        unitCode: 'D21',
        rank: 2,
        rankInterval: { low: 3, high: 3, level: 0.9 },
        expectedRank: 2.2,
        band: 2,
        certain: { low: 2, high: 3, isFirst: false, isLast: false },
        aboveNext: null,
        fair: null,
      }),
    ],
    praise: [{ unitCode: 'D01', rank: 1, probability: 0.9, certainty: 'certain', isEnd: true }],
    criticism: [
      { unitCode: 'D13', rank: 2, probability: 0.45, certainty: 'cannot_tell', isEnd: false },
      { unitCode: 'D21', rank: 2, probability: 0.83, certainty: 'likely', isEnd: false },
    ],
    ...overrides,
  }
}
