import fc from 'fast-check'
import { NO_CHANCES, type UnitTally } from '../league/tally.ts'
import type { Regulation } from '../regulation/regulation.ts'
import type { RankedTally } from '../rank-range/rank-range.ts'
import { makeScorer } from '../rank-range/make-scorer.ts'
import { DIMENSIONS } from '../regulation/regulation.ts'
import { roundHalfUp } from '../ratio/round.ts'

/** First reports late, elements missing and checks failed, out of so many events and checks, in one quarter. */
export interface DutyRecord {
  readonly events: number
  readonly late: number
  readonly gaps: number
  readonly checks: number
  readonly absent: number
}

export function makeTally({ absent, checks, events, gaps, late }: DutyRecord): UnitTally {
  const fault = <T extends object>(count: number, points: number, what: T) =>
    count === 0 ? [] : [{ ...what, count, points: count * points }]
  return {
    workload: 0,
    bonus: 0,
    itemCount: 0,
    itemPoints: 0,
    periods: [
      {
        isZeroed: false,
        chances: { ...NO_CHANCES, written: events, elements: events, event: events, check: checks },
        faults: [
          ...fault(late, 2_00, { code: 'written_late', dimension: 'timeliness' } as const),
          ...fault(gaps, 1_00, { code: 'element_missing', dimension: 'completeness' } as const),
          ...fault(absent, 5_00, { code: 'absent', dimension: 'discipline' } as const),
        ],
      },
    ],
  }
}

/** What the faults of a tally cost, by dimension and period. */
export function lossesOf(tallies: readonly UnitTally[]): Float64Array {
  return Float64Array.from(
    tallies.flatMap(({ periods }) =>
      periods.flatMap(({ faults }) =>
        DIMENSIONS.map((dimension) =>
          faults.reduce((sum, one) => sum + (one.dimension === dimension ? one.points : 0), 0),
        ),
      ),
    ),
  )
}

/** The official table of some tallies, coded in the order given; tallies of one quarter. */
export function makeTable(tallies: readonly UnitTally[], regulation: Regulation): RankedTally[] {
  const scorer = makeScorer(tallies, regulation, 1)
  const losses = lossesOf(tallies)
  const scores = tallies.map((_, unit) => roundHalfUp(scorer.score(unit, losses)))
  return tallies
    .map((tally, unit) => ({
      unitCode: `U${String(unit).padStart(3, '0')}`,
      score: scores[unit] ?? 0,
      rank: 1 + scores.filter((score) => score > (scores[unit] ?? 0)).length,
      tally,
    }))
    .sort((a, b) => a.rank - b.rank)
}

export const arbitraryRecord: fc.Arbitrary<DutyRecord> = fc
  .record({ events: fc.integer({ min: 0, max: 40 }), checks: fc.integer({ min: 0, max: 12 }) })
  .chain(({ checks, events }) =>
    fc.record({
      events: fc.constant(events),
      checks: fc.constant(checks),
      late: fc.integer({ min: 0, max: Math.min(events, 8) }),
      gaps: fc.integer({ min: 0, max: Math.min(events, 8) }),
      absent: fc.integer({ min: 0, max: Math.min(checks, 3) }),
    }),
  )
