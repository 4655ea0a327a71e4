import { type Counts, requireCounts } from '../input/counts.ts'
import { requireLevel } from '../input/require.ts'
import type { Interval } from './interval.ts'
import { wilsonInterval } from './wilson-interval.ts'

/**
 * The interval of a's share minus b's, from their Wilson intervals [l, u]: d − √((p₁−l₁)² + (u₂−p₂)²), d + √((u₁−p₁)² + (p₂−l₂)²).
 * Excludes 0 = the two differ. One of them not measured (whole = 0): [−1, 1]. RangeError as `wilsonInterval`.
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998), method 10.
 */
export function newcombeDifference(a: Counts, b: Counts, level: number): Interval {
  requireCounts(a, 'a')
  requireCounts(b, 'b')
  requireLevel(level)
  if (a.whole === 0 || b.whole === 0) return { low: -1, high: 1 }
  const [p, q] = [a.part / a.whole, b.part / b.whole]
  const [first, second] = [wilsonInterval(a, level), wilsonInterval(b, level)]
  return {
    low: Math.max(-1, p - q - Math.hypot(p - first.low, second.high - q)),
    high: Math.min(1, p - q + Math.hypot(first.high - p, q - second.low)),
  }
}
