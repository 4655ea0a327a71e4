import type { UnitPage } from '@zhidu/contract'
import { ratioValue } from '@zhidu/domain'
import type { EChartsCoreOption } from 'echarts/core'

export interface TrendColors {
  readonly own: string
  readonly peers: string
  readonly ink: string
  readonly inkSoft: string
  readonly grid: string
}

export interface TrendPoint {
  readonly quarter: string
  /** null = not measured, nothing owed, or in no table: a gap, never 0. */
  readonly own: number | null
  readonly group: number | null
  /** Written at the point: 87.5, 22/26. */
  readonly label: string
  /** The unit is not the same as in the quarter before: no line leads here. */
  readonly isBroken: boolean
}

export interface TrendChartInput {
  readonly points: readonly TrendPoint[]
  readonly names: { readonly own: string; readonly group: string | null }
  readonly description: string
  readonly colors: TrendColors
  readonly isPercent: boolean
}

/** The on-time share of reports that are due: on time over on time, late and missing. */
export function onTimeCounts(timeliness: UnitPage['trend'][number]['timeliness']): { part: number; whole: number } {
  const { onTime, late, missing } = timeliness
  return { part: onTime, whole: onTime + late + missing }
}

/** Shares of the unit's quarters as points of a percentage chart (0..1). */
export function onTimeShare(timeliness: UnitPage['trend'][number]['timeliness']): number | null {
  return ratioValue(onTimeCounts(timeliness))
}

export interface TrendAxis {
  readonly min: number
  readonly max: number
  readonly interval: number
}

/** Three or four round steps that hold every point, up to 100 (or 100 %) at least. */
export function buildTrendAxis(points: readonly TrendPoint[], isPercent: boolean): TrendAxis {
  const full = isPercent ? 1 : 100
  const values = points.flatMap((point) => [point.own ?? full, point.group ?? full])
  const low = Math.min(full * 0.9, ...values)
  const high = Math.max(full, ...values)
  const interval =
    [0.05, 0.1, 0.2, 0.25, 0.5].map((share) => share * full).find((step) => (high - low) / step <= 4) ?? full
  const toStep = (value: number, round: (n: number) => number): number =>
    Math.round(round(value / interval + (round === Math.floor ? 1e-9 : -1e-9)) * interval * 100) / 100
  // Room for the figure under the lowest point.
  const floor = Math.max(0, toStep(Math.min(low, ...values.map((value) => value - interval * 0.4)), Math.floor))
  return { min: floor, max: toStep(high, Math.ceil), interval: Math.round(interval * 100) / 100 }
}

/** A line of at most a few quarters, labelled at its end; the group's mean dashed beside it. */
export function trendChartOption(input: TrendChartInput): EChartsCoreOption {
  const { points, names, colors, isPercent } = input
  const axis = buildTrendAxis(points, isPercent)
  return {
    animation: false,
    aria: { enabled: true, label: { description: input.description } },
    grid: { left: 40, right: 64, top: 18, bottom: 44 },
    xAxis: {
      type: 'category',
      boundaryGap: true,
      data: points.map((point) => point.quarter),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: colors.inkSoft, fontSize: 12, lineHeight: 15, interval: 0, margin: 14 },
    },
    yAxis: {
      type: 'value',
      ...axis,
      axisLabel: {
        color: colors.inkSoft,
        fontSize: 12,
        formatter: (value: number) => (isPercent ? `${Math.round(value * 100)}%` : String(value)),
      },
      splitLine: { lineStyle: { color: colors.grid } },
    },
    series: [
      ...(names.group === null ? [] : [groupLine(points, names.group, colors)]),
      ...runsOf(points).map(({ from, to }) => ownLine(input, from, to)),
    ],
  }
}

/** The unit's quarters in runs that can be compared; `to` is one past the last. At least one. */
function runsOf(points: readonly TrendPoint[]): { readonly from: number; readonly to: number }[] {
  const starts = [0, ...points.flatMap(({ isBroken }, index) => (isBroken && index > 0 ? [index] : []))]
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? points.length }))
}

/** One run of the unit's line; the name stands at the end of the last. */
function ownLine({ colors, names, points }: TrendChartInput, from: number, to: number) {
  const last = points.length - 1
  const isIn = (index: number): boolean => index >= from && index < to
  return {
    type: 'line',
    name: names.own,
    silent: true,
    connectNulls: false,
    symbol: 'circle',
    symbolSize: 7,
    showAllSymbol: true,
    lineStyle: { width: 1.5, color: colors.own },
    itemStyle: { color: colors.own },
    data: points.map((point, index) => ({
      value: isIn(index) ? (point.own ?? '-') : '-',
      label: {
        show: isIn(index) && point.own !== null,
        position: isLabelBelow(points, index) ? 'bottom' : 'top',
        color: colors.ink,
        fontSize: 12,
        fontWeight: index === last ? 600 : 400,
        formatter: point.label,
      },
    })),
    endLabel: {
      show: isIn(last) && points[last]?.own != null,
      formatter: names.own,
      color: colors.own,
      fontSize: 12,
      distance: 8,
    },
  }
}

/** Away from the group's line where there is one, else away from the own line on both sides. */
export function isLabelBelow(points: readonly TrendPoint[], index: number): boolean {
  const own = points[index]?.own
  if (own == null) return false
  const group = points[index]?.group
  if (group != null) return own < group
  const neighbours = [points[index - 1]?.own, points[index + 1]?.own].filter((value) => value != null)
  return neighbours.length > 0 && neighbours.reduce((sum, value) => sum + value, 0) / neighbours.length > own
}

function groupLine(points: readonly TrendPoint[], name: string, colors: TrendColors) {
  return {
    type: 'line',
    name,
    silent: true,
    connectNulls: false,
    showSymbol: false,
    lineStyle: { width: 1.2, type: 'dashed', color: colors.peers },
    itemStyle: { color: colors.peers },
    data: points.map((point) => point.group ?? '-'),
    endLabel: { show: points.at(-1)?.group != null, formatter: name, color: colors.inkSoft, fontSize: 12, distance: 8 },
  }
}
