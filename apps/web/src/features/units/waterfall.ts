import type { UnitPage } from '@zhidu/contract'
import { type Dimension, DIMENSIONS } from '@zhidu/domain'

export interface WaterfallStep {
  readonly kind: 'start' | Dimension | 'workload' | 'bonus' | 'score'
  /** Running score before and after the step; equal for `start`, `score` and a step that changes nothing. */
  readonly from: number
  readonly to: number
  /** Maximum points of the dimension; null for the other steps. */
  readonly base: number | null
  /** Sum of what is listed: deductions, or bonuses before the cap. ≥ 0. */
  readonly listed: number
  /** What of it counts: ≤ `listed` where the dimension stopped at 0 or the bonus at its cap. ≥ 0. */
  readonly counted: number
  /** The group's mean in the same direction: negative for deductions; null = not measured. */
  readonly groupMean: number | null
}

/** Points with two decimals at the most, without the dust of binary fractions. */
export function roundPoints(points: number): number {
  const rounded = Math.round(points * 100) / 100
  return rounded === 0 ? 0 : rounded
}

/** The score from the sum of the bases down to what is left, one step a dimension. null when there is no row or no score. */
export function buildWaterfall(page: UnitPage): WaterfallStep[] | null {
  const { row, base } = page
  if (row === null || row.score === null || row.items !== undefined) return null
  const start = roundPoints(DIMENSIONS.reduce((sum, dimension) => sum + base[dimension], 0))
  const steps: WaterfallStep[] = [
    { kind: 'start', from: start, to: start, base: null, listed: 0, counted: 0, groupMean: null },
  ]
  let running = start
  for (const dimension of DIMENSIONS) {
    if (base[dimension] === 0) continue
    const counted = roundPoints(base[dimension] - row.dimensions[dimension])
    const to = roundPoints(running - counted)
    const mean = page.groupMeanLost?.[dimension]
    steps.push({
      kind: dimension,
      from: running,
      to,
      base: base[dimension],
      listed: row.lost[dimension],
      counted,
      groupMean: mean === undefined ? null : roundPoints(-mean),
    })
    running = to
  }
  if (row.workload !== undefined) {
    const to = roundPoints(running + row.workload)
    const workload = { base: null, listed: row.workload, counted: row.workload, groupMean: null }
    steps.push({ kind: 'workload', from: running, to, ...workload })
    running = to
  }
  const end = roundPoints(running + row.bonus)
  steps.push({
    kind: 'bonus',
    from: running,
    to: end,
    base: null,
    listed: page.bonusBeforeCap,
    counted: row.bonus,
    groupMean: page.groupMeanBonus,
  })
  steps.push({
    kind: 'score',
    from: end,
    to: end,
    base: null,
    listed: 0,
    counted: end,
    groupMean: page.groupMeanScore,
  })
  return steps
}

/** True when the dimension stopped at 0, or the bonus at its cap: part of what is listed did not count. */
export function isCapped(step: WaterfallStep): boolean {
  return step.counted < step.listed
}

/**
 * True when the means beside the steps do not add up to the mean score, because somewhere in the group a dimension stopped
 * at 0; rounding of the means (0.005 each) is not a difference.
 */
export function hasMeanGap(steps: readonly WaterfallStep[]): boolean {
  const start = steps[0]?.to ?? 0
  const score = steps.at(-1)
  if (score === undefined || score.groupMean === null) return false
  const middle = steps.slice(1, -1)
  const sum = middle.reduce((total, step) => total + (step.groupMean ?? 0), start)
  return Math.abs(sum - score.groupMean) > 0.005 * (middle.length + 1) + 1e-9
}

export interface AxisRange {
  readonly min: number
  readonly max: number
  readonly interval: number
}

const NICE_INTERVALS = [1, 2, 5, 10, 20, 25, 50]

/** Four to six round steps that hold every running score and the group's mean; not below 0 unless a score is. */
export function buildScoreAxis(steps: readonly WaterfallStep[]): AxisRange {
  const values = steps.flatMap((step) => [step.from, step.to])
  const mean = steps.at(-1)?.groupMean
  if (mean != null) values.push(mean)
  const low = Math.min(...values)
  const high = Math.max(...values)
  const interval = NICE_INTERVALS.find((each) => Math.ceil(high / each) - Math.floor(low / each) <= 5) ?? 100
  const max = Math.ceil(high / interval) * interval
  const min = Math.floor(low / interval) * interval
  return { min: min === max ? max - interval : min, max, interval }
}

/** The dimension that cost most, with its share of all that was lost; null when nothing was lost. Ties: the earlier one. */
export function findMainLoss(
  page: UnitPage,
): { readonly dimension: Dimension; readonly lost: number; readonly total: number } | null {
  const { row, base } = page
  if (row === null) return null
  let main: Dimension | null = null
  let total = 0
  const lost = (dimension: Dimension): number => roundPoints(base[dimension] - row.dimensions[dimension])
  for (const dimension of DIMENSIONS) {
    total = roundPoints(total + lost(dimension))
    if (lost(dimension) > 0 && (main === null || lost(dimension) > lost(main))) main = dimension
  }
  return main === null ? null : { dimension: main, lost: lost(main), total }
}
