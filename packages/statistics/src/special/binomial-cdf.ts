import { requireCount } from '../input/counts.ts'
import { requireProbability } from '../input/require.ts'
import { binomialLower } from './binomial-tail.ts'

/**
 * P(X ≤ k) for X ~ Binomial(n, p). k is any whole number: 0 below 0, 1 from n on. RangeError unless k is whole, n a whole number ≥ 0,
 * 0 ≤ p ≤ 1.
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (!Number.isSafeInteger(k)) throw new RangeError(`k must be a whole number: ${k}`)
  requireCount(n, 'n')
  requireProbability(p, 'p')
  return binomialLower(k, n, p)
}
