import { gradeBlocks } from '@zhidu/statistics'
import type { PairProbability } from './pairs.ts'
import type { RankedTally } from './rank-range.ts'

/** Two units are worth separating when the one above is truly above with more than 1 / (1 + λ) = 80 %. */
const LAMBDA = 0.25

/**
 * Bands within which places cannot be told apart, cut in official order; equal scores are never separated. `table`: columns of
 * `probability` in the order of the table. One band per entry of `table`, from 1.
 * Source of the loss: P. Kline, E. Rose, C. Walters, A Discrimination Report Card, American Economic Review 114 (2024).
 */
export function cutBands(
  table: readonly number[],
  units: readonly RankedTally[],
  probability: PairProbability,
): number[] {
  const scoreAt = (place: number): number => (units[table[place] as number] as RankedTally).score
  const { starts } = gradeBlocks(
    table.length,
    LAMBDA,
    (j) => (i) => probability(table[i] as number, table[j] as number),
    (place) => scoreAt(place) !== scoreAt(place - 1),
  )
  const begins = new Set(starts)
  let band = 0
  return table.map((_, place) => (begins.has(place) ? ++band : band))
}
