import type { Overview } from '@zhidu/contract'
import { addRatios, EMPTY_RATIO, type Ratio, type UnitSummary } from '@zhidu/domain'
import type { RankedQuarter } from '../league/load-group.ts'

export type IndicatorKey = 'timeliness' | 'completeness' | 'checks' | 'filings'

/** What is due already: the share is over these, what is not yet due is counted apart. */
const RATIO_OF: Readonly<Record<IndicatorKey, (summary: UnitSummary) => Ratio>> = {
  timeliness: ({ timeliness }) => ({ part: timeliness.onTime, whole: timeliness.owed - timeliness.notYetDue }),
  completeness: ({ completeness }) => completeness,
  checks: ({ checks }) => ({ part: checks.passed, whole: checks.total }),
  filings: ({ filings }) => ({ part: filings.onTime, whole: filings.owed - filings.notYetDue }),
}

/** The sum over every unit in a table of the quarter. */
export function sumIndicator(quarter: RankedQuarter, key: IndicatorKey): Ratio {
  return [...quarter.byUnit.values()].map(({ ranked }) => RATIO_OF[key](ranked.summary)).reduce(addRatios, EMPTY_RATIO)
}

/** `quarters`: oldest first, the present one last. */
export function toIndicator(quarters: readonly RankedQuarter[], key: IndicatorKey): Overview['timeliness'] {
  const trend = quarters.map((quarter) => ({ ...sumIndicator(quarter, key) }))
  return { now: trend.at(-1) ?? { ...EMPTY_RATIO }, previous: trend.at(-2) ?? { ...EMPTY_RATIO }, trend }
}

/** On-time first reports of one unit over those due. */
export function timelinessRatio(summary: UnitSummary): Ratio {
  return RATIO_OF.timeliness(summary)
}
