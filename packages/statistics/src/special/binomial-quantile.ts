import { binomialLower } from './binomial-tail.ts'
import { normalQuantile } from './normal-quantile.ts'

/** Rounding must not push a quantile one up where p is a value of the distribution function itself. */
const FUZZ = 1 - 64 * Number.EPSILON

/** The smallest r with P(X ≤ r) ≥ p for X ~ Binomial(n, chance), 0 < p < 1. */
export function binomialQuantile(p: number, n: number, chance: number): number {
  const reached = (r: number): boolean => binomialLower(r, n, chance) >= p * FUZZ
  const spread = Math.sqrt(n * chance * (1 - chance))
  const guess = Math.floor(n * chance + normalQuantile(p) * spread)
  let high = Math.min(n, Math.max(0, guess))
  let stride = 1
  while (!reached(high)) {
    high = Math.min(n, high + stride)
    stride *= 2
  }
  let low = high
  stride = 1
  while (low >= 0 && reached(low)) {
    high = low
    low -= stride
    stride *= 2
  }
  low = Math.max(-1, low)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (reached(middle)) high = middle
    else low = middle
  }
  return high
}
