import type { Random } from '../random/random.ts'

/**
 * A standard normal number.
 * Source: G. Marsaglia, T. A. Bray, A Convenient Method for Generating Normal Variables, SIAM Review 6 (1964).
 */
export function sampleNormal(random: Random): number {
  for (;;) {
    const x = 2 * random.unit() - 1
    const y = 2 * random.unit() - 1
    const square = x * x + y * y
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square)
  }
}
