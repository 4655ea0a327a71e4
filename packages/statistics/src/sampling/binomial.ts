import type { Random } from '../random/random.ts'
import { sampleBeta } from './beta.ts'

/** Below this many trials each is drawn. */
const DIRECT_TRIALS = 32

/**
 * The number of successes in `trials` trials. RangeError unless trials is a whole number ≥ 0 and 0 ≤ probability ≤ 1.
 * Source of the halving by the median of the trials: J. H. Ahrens, U. Dieter, Computer Methods for Sampling from Gamma,
 * Beta, Poisson and Binomial Distributions, Computing 12 (1974).
 */
export function sampleBinomial(random: Random, trials: number, probability: number): number {
  if (!Number.isSafeInteger(trials) || trials < 0 || !(probability >= 0 && probability <= 1)) {
    throw new RangeError(`no binomial distribution of ${trials} trials with ${probability}`)
  }
  let left = trials
  let chance = probability
  let count = 0
  while (left >= DIRECT_TRIALS && chance > 0 && chance < 1) {
    const middle = 1 + Math.floor(left / 2)
    // The `middle`-th smallest of `left` uniform numbers.
    const order = sampleBeta(random, middle, left + 1 - middle)
    if (order <= chance) {
      count += middle
      left -= middle
      chance = order >= 1 ? 0 : (chance - order) / (1 - order)
    } else {
      left = middle - 1
      chance /= order
    }
  }
  for (let i = 0; i < left; i += 1) if (random.unit() < chance) count += 1
  return count
}
