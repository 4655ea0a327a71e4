import { fisherOneSided, newcombeDifference, pairProbability, rankSets, wilsonInterval } from '@zhidu/statistics'
import type { Ratio } from '../ratio/ratio.ts'
import { INTERVAL_LEVEL } from './tabulate-funnel.ts'

/** From here on an order of two units is called likely. Source: Kline, Rose and Walters, AER 2024; visual reference §6. */
export const LIKELY = 0.8

/**
 * `certain`: declared apart at 95 % simultaneously over all pairs of the group. `likely`: the probability of the order is 0.8 or more.
 */
export type PairCertainty = 'certain' | 'likely' | 'unclear'

interface Range {
  readonly low: number
  readonly high: number
}

/** Two units on one indicator. */
export interface PairComparison {
  readonly first: Ratio
  readonly second: Ratio
  /** Wilson 95 %; null = no opportunity. */
  readonly firstInterval: Range | null
  readonly secondInterval: Range | null
  /** First less second with Newcombe's 95 % interval; null = one of them had no opportunity, like what follows. */
  readonly difference: (Range & { readonly value: number; readonly isSignificant: boolean }) | null
  /** That the first is truly better. */
  readonly probability: number | null
  readonly certainty: PairCertainty | null
}

function intervalOf(ratio: Ratio): Range | null {
  return ratio.whole === 0 ? null : wilsonInterval(ratio, INTERVAL_LEVEL)
}

/**
 * Fisher's exact test of either order at Holm's first threshold, which rejects for every group; or rank sets that lie apart, which pairs
 * that Holm reaches later have. Both hold the same error over all ordered pairs.
 */
function isDeclared(group: readonly Ratio[], [a, b]: readonly [Ratio, Ratio], places: readonly number[]): boolean {
  const measured = group.filter(({ whole }) => whole > 0).length
  const threshold = (1 - INTERVAL_LEVEL) / (measured * (measured - 1))
  if (Math.min(fisherOneSided(a, b), fisherOneSided(b, a)) <= threshold) return true
  const sets = rankSets(group, { level: INTERVAL_LEVEL })
  const own = sets.filter((_, place) => places.includes(place)).filter((set) => set !== null)
  return Math.max(...own.map(({ low }) => low)) > Math.min(...own.map(({ high }) => high))
}

/**
 * Compares two units of a group on one indicator. `group`: every unit whose counts are known, the two among them, by place; certainty is
 * simultaneous over all its pairs. Throws RangeError for a place outside the group.
 */
export function comparePair(group: readonly Ratio[], first: number, second: number): PairComparison {
  const [a, b] = [group[first], group[second]]
  if (a === undefined || b === undefined) throw new RangeError('not a unit of the group')
  const intervals = { first: a, second: b, firstInterval: intervalOf(a), secondInterval: intervalOf(b) }
  if (a.whole === 0 || b.whole === 0) return { ...intervals, difference: null, probability: null, certainty: null }
  const { high, low } = newcombeDifference(a, b, INTERVAL_LEVEL)
  const probability = pairProbability(a, b)
  const isLikely = Math.max(probability, 1 - probability) >= LIKELY
  return {
    ...intervals,
    difference: { value: a.part / a.whole - b.part / b.whole, low, high, isSignificant: low > 0 || high < 0 },
    probability,
    certainty: isDeclared(group, [a, b], [first, second]) ? 'certain' : isLikely ? 'likely' : 'unclear',
  }
}
