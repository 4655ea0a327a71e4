import type { Random } from '../random/random.ts'
import { sampleGamma } from './gamma.ts'

/** A beta number, mean a / (a + b), as the share of two gamma numbers. RangeError unless a > 0 and b > 0. */
export function sampleBeta(random: Random, a: number, b: number): number {
  const x = sampleGamma(random, a)
  const y = sampleGamma(random, b)
  // Both may underflow to 0 for tiny shapes; then the mass sits at the ends, in the proportion a : b.
  return x + y > 0 ? x / (x + y) : Number(random.unit() < a / (a + b))
}
