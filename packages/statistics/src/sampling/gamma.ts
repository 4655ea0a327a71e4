import type { Random } from '../random/random.ts'
import { sampleNormal } from './normal.ts'

/**
 * A gamma number of scale 1 (mean and variance = shape). RangeError unless shape > 0.
 * Source: G. Marsaglia, W. W. Tsang, A Simple Method for Generating Gamma Variables, ACM TOMS 26 (2000).
 */
export function sampleGamma(random: Random, shape: number): number {
  if (!(shape > 0) || shape === Infinity) throw new RangeError(`no gamma distribution of shape ${shape}`)
  // Below 1, as the source says, from one more and a power of a uniform.
  if (shape < 1) return sampleGamma(random, shape + 1) * (1 - random.unit()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const normal = sampleNormal(random)
    const root = 1 + c * normal
    if (root <= 0) continue
    const cube = root ** 3
    const uniform = 1 - random.unit()
    if (Math.log(uniform) < 0.5 * normal * normal + d - d * cube + d * Math.log(cube)) return d * cube
  }
}
