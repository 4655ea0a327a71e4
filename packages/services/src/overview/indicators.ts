import type { Overview } from '@zhidu/contract'
import { addRatios, EMPTY_RATIO, type Indicator, type Ratio, toIndicatorRatios, type UnitSummary } from '@zhidu/domain'
import type { RankedQuarter } from '../league/load-group.ts'

/** The sum over every unit in a table of the quarter. */
export function sumIndicator(quarter: RankedQuarter, key: Indicator): Ratio {
  return [...quarter.byUnit.values()]
    .map(({ ranked }) => toIndicatorRatios(ranked.summary)[key])
    .reduce(addRatios, EMPTY_RATIO)
}

/** `quarters`: oldest first, the present one last. */
export function toIndicator(quarters: readonly RankedQuarter[], key: Indicator): Overview['timeliness'] {
  const trend = quarters.map((quarter) => ({ ...sumIndicator(quarter, key) }))
  return { now: trend.at(-1) ?? { ...EMPTY_RATIO }, previous: trend.at(-2) ?? { ...EMPTY_RATIO }, trend }
}

/** On-time first reports of one unit over those due. */
export function timelinessRatio(summary: UnitSummary): Ratio {
  return toIndicatorRatios(summary).timeliness
}
