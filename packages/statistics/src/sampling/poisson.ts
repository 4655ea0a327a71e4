import type { Random } from '../random/random.ts'
import { sampleBinomial } from './binomial.ts'
import { sampleGamma } from './gamma.ts'

/** Below this mean the events are drawn one by one. */
const DIRECT_MEAN = 16

/**
 * A Poisson number. RangeError unless mean is a finite number ≥ 0.
 * Source of the reduction of large means: J. H. Ahrens, U. Dieter, Computing 12 (1974).
 */
export function samplePoisson(random: Random, mean: number): number {
  if (!(mean >= 0) || mean === Infinity) throw new RangeError(`no Poisson distribution of mean ${mean}`)
  let left = mean
  let count = 0
  while (left >= DIRECT_MEAN) {
    const jump = Math.floor((7 * left) / 8)
    // When the `jump`-th event happens.
    const when = sampleGamma(random, jump)
    if (when > left) return count + sampleBinomial(random, jump - 1, left / when)
    count += jump
    left -= when
  }
  const floor = Math.exp(-left)
  let product = random.unit()
  while (product > floor) {
    count += 1
    product *= random.unit()
  }
  return count
}
