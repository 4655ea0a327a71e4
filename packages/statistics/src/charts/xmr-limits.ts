/** Mean and limits of one phase; null limits = a single point. */
export interface XmrLimits {
  readonly mean: number
  readonly lpl: number | null
  readonly upl: number | null
}

/** 3 / d₂ for moving ranges of two, and the upper limit of the ranges themselves, D₄. */
const LIMIT_FACTOR = 2.66
const RANGE_FACTOR = 3.267

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** mean ± 2.66 × the mean moving range of the baseline; ranges of D₄ times their mean or more are dropped once when `screenOutliers`. */
export function xmrLimits(baseline: readonly number[], screenOutliers: boolean): XmrLimits {
  const middle = mean(baseline)
  const ranges = baseline.slice(1).map((value, index) => Math.abs(value - (baseline[index] ?? 0)))
  if (ranges.length === 0) return { mean: middle, lpl: null, upl: null }
  const all = mean(ranges)
  const kept = screenOutliers ? ranges.filter((range) => range < RANGE_FACTOR * all) : ranges
  const reach = LIMIT_FACTOR * (kept.length === 0 ? all : mean(kept))
  return { mean: middle, lpl: middle - reach, upl: middle + reach }
}
