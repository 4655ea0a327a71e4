import { type Counts, requireCounts } from '../input/counts.ts'
import { hypergeometricUpper } from '../special/hypergeometric-tail.ts'

/**
 * Fisher's exact test of "a's share is not above b's": P(X ≥ a.part), X hypergeometric with the margins of both. Small = a is better.
 * One of them not measured (whole = 0): 1. RangeError unless 0 ≤ part ≤ whole are whole numbers.
 * Source: R. A. Fisher, Statistical Methods for Research Workers (1934), §21.02.
 */
export function fisherOneSided(a: Counts, b: Counts): number {
  requireCounts(a, 'a')
  requireCounts(b, 'b')
  return hypergeometricUpper(a.part, a.whole + b.whole, a.part + b.part, a.whole)
}
