import { type Counts, requireCounts } from '../input/counts.ts'
import { requireLevel } from '../input/require.ts'
import { betaQuantile } from '../special/beta-quantile.ts'
import type { Interval } from './interval.ts'

/**
 * The exact interval of a share: covers at least `level` whatever the true share. Quantiles α/2 of Beta(k, n−k+1) and 1 − α/2 of
 * Beta(k+1, n−k); 0 at part = 0, 1 at part = whole. Not measured (whole = 0): [0, 1]. RangeError unless 0 ≤ part ≤ whole are whole
 * numbers and 0 < level < 1.
 * Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934).
 */
export function clopperPearsonInterval(counts: Counts, level: number): Interval {
  requireCounts(counts, 'counts')
  requireLevel(level)
  const { part, whole } = counts
  const tail = (1 - level) / 2
  return {
    low: part === 0 ? 0 : betaQuantile(tail, part, whole - part + 1),
    high: part === whole ? 1 : 1 - betaQuantile(tail, whole - part, part + 1),
  }
}
