import { requirePositive, requireProbability } from '../input/require.ts'
import { betaTail } from './beta-tail.ts'

/**
 * P(X ≤ x) for X ~ Beta(a, b): the regularised incomplete beta function I_x(a, b). RangeError unless 0 ≤ x ≤ 1 and a, b > 0.
 * Source: DLMF 8.17.
 */
export function betaCdf(x: number, a: number, b: number): number {
  requireProbability(x, 'x')
  requirePositive(a, 'a')
  requirePositive(b, 'b')
  return betaTail(x, 1 - x, a, b)
}
