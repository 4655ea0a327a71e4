import type { IndicatorTrend } from '@zhidu/contract'
import type { Indicator, Ratio, Trend, TrendInput, TrendPointRow, TrendSignal, TreeBreak } from '@zhidu/domain'

export const GRAINS = ['quarter', 'month'] as const
export type Grain = (typeof GRAINS)[number]

/** A point of the series before anything is computed. */
export interface SeriesPoint {
  /** `2026Q3` or `2026-07` */
  readonly period: string
  /** The quarter it lies in, for its link. */
  readonly quarter: string
  readonly counts: Ratio
  readonly cause: TreeBreak | null
  readonly isRuleChange: boolean
  /** Share of the unit's group in the quarter; null = not told. */
  readonly groupShare: number | null
}

export function toSeries({ quarters }: IndicatorTrend, indicator: Indicator, grain: Grain): SeriesPoint[] {
  return quarters.flatMap((one): SeriesPoint[] => {
    const shared = { quarter: one.quarter, groupShare: one.groupShares[indicator] }
    if (grain === 'quarter') {
      const { break: cause, counts, isRuleChange } = one
      return [{ ...shared, period: one.quarter, counts: counts[indicator], cause, isRuleChange }]
    }
    return one.months.map(({ counts, month }, index) => ({
      ...shared,
      period: month,
      counts: counts[indicator],
      cause: index === 0 ? one.break : null,
      isRuleChange: index === 0 && one.isRuleChange,
    }))
  })
}

export function toOrder(series: readonly SeriesPoint[]): TrendInput[] {
  return series.map(({ cause, counts }) => ({ ...counts, isBreak: cause !== null }))
}

export interface DrawnPoint extends SeriesPoint {
  readonly row: TrendPointRow
}

export function toDrawn(series: readonly SeriesPoint[], { points }: Trend): DrawnPoint[] {
  return series.flatMap((point, index): DrawnPoint[] => {
    const row = points[index]
    return row === undefined ? [] : [{ ...point, row }]
  })
}

const LOW: readonly TrendSignal[] = ['low_alarm', 'low_alert', 'below_limit', 'falling', 'near_low', 'shift_low']

export function isLow(signal: TrendSignal | null): boolean {
  return signal !== null && LOW.includes(signal)
}

/** Signals from a run of points are told once, at the last of them. */
export function listSignals(points: readonly DrawnPoint[]): DrawnPoint[] {
  const isOfPoint = (signal: TrendSignal): boolean => /limit|alarm|alert/.test(signal)
  return points.filter(({ row }, index) => {
    const next = points[index + 1]?.row
    return row.signal !== null && (isOfPoint(row.signal) || next?.signal !== row.signal || next.phase !== row.phase)
  })
}
