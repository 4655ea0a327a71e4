import { type Counts, requireCounts } from '../input/counts.ts'
import { requireLevel } from '../input/require.ts'
import { betaQuantile } from '../special/beta-quantile.ts'
import type { Interval } from './interval.ts'

/**
 * The Bayesian interval of a share under Jeffreys' prior: equal tails of Beta(k + ½, n − k + ½), with 0 at part = 0 and 1 at part =
 * whole. Not measured (whole = 0): [0, 1]. RangeError unless 0 ≤ part ≤ whole are whole numbers and 0 < level < 1.
 * Source: L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16 (2001).
 */
export function jeffreysInterval(counts: Counts, level: number): Interval {
  requireCounts(counts, 'counts')
  requireLevel(level)
  const { part, whole } = counts
  const tail = (1 - level) / 2
  return {
    low: part === 0 ? 0 : betaQuantile(tail, part + 0.5, whole - part + 0.5),
    high: part === whole ? 1 : 1 - betaQuantile(tail, whole - part + 0.5, part + 0.5),
  }
}
