import { type Counts, requireCounts } from '../input/counts.ts'
import { requireLevel } from '../input/require.ts'
import { normalQuantile } from '../special/normal-quantile.ts'
import type { Interval } from './interval.ts'

/**
 * Wilson's score interval of a share, without continuity correction: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
 * The end is 0 at part = 0 and 1 at part = whole. Not measured (whole = 0): [0, 1]. RangeError unless 0 ≤ part ≤ whole are whole
 * numbers and 0 < level < 1.
 * Source: E. B. Wilson, JASA 22 (1927).
 */
export function wilsonInterval(counts: Counts, level: number): Interval {
  requireCounts(counts, 'counts')
  requireLevel(level)
  const { part, whole } = counts
  if (whole === 0) return { low: 0, high: 1 }
  const z = -normalQuantile((1 - level) / 2)
  const middle = part + (z * z) / 2
  const half = z * Math.sqrt((part * (whole - part)) / whole + (z * z) / 4)
  const scale = whole + z * z
  return {
    low: part === 0 ? 0 : (middle - half) / scale,
    high: part === whole ? 1 : (middle + half) / scale,
  }
}
