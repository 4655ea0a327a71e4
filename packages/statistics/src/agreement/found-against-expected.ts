import { requireCount } from '../input/counts.ts'
import { requireProbability } from '../input/require.ts'

export interface FoundAgainstExpected {
  readonly found: number
  /** Sum of the chances. */
  readonly expected: number
  /** Mid-p of as many or more. */
  readonly pHigh: number
  /** Mid-p of as many or fewer. */
  readonly pLow: number
  /** Twice the smaller, at most 1. */
  readonly p: number
}

/** Chance of 0, 1, … successes in trials that each have their own chance. */
function lawOf(chances: readonly number[]): Float64Array {
  const law = new Float64Array(chances.length + 1)
  law[0] = 1
  for (const [tried, chance] of chances.entries()) {
    for (let many = tried + 1; many > 0; many -= 1) {
      law[many] = (law[many] ?? 0) * (1 - chance) + (law[many - 1] ?? 0) * chance
    }
    law[0] = (law[0] ?? 0) * (1 - chance)
  }
  return law
}

/**
 * Whether somebody finds more, or less, than was to be expected of what he looked at, each with its own chance: exact tails of the
 * sum of unlike trials, with half of the count itself (mid-p). Work: the square of the number of trials.
 * RangeError unless 0 ≤ found ≤ number of chances is whole and every chance is in [0, 1].
 * Source: Y. H. Wang, Statistica Sinica 3 (1993), the recursion.
 */
export function foundAgainstExpected(found: number, chances: readonly number[]): FoundAgainstExpected {
  requireCount(found, 'found')
  if (found > chances.length) throw new RangeError(`found must not exceed the trials: ${found} of ${chances.length}`)
  for (const [at, chance] of chances.entries()) requireProbability(chance, `chances[${at}]`)
  const law = lawOf(chances)
  const half = (law[found] ?? 0) / 2
  const sumOf = (part: Float64Array): number => part.reduce((sum, one) => sum + one, 0)
  const pHigh = Math.min(1, sumOf(law.subarray(found + 1)) + half)
  const pLow = Math.min(1, sumOf(law.subarray(0, found)) + half)
  return {
    found,
    expected: chances.reduce((sum, chance) => sum + chance, 0),
    pHigh,
    pLow,
    p: Math.min(1, 2 * Math.min(pHigh, pLow)),
  }
}
