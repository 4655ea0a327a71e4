import type { OutcomeCounts, UnitSummary } from '../league/assessment.ts'
import { EMPTY_RATIO, type Ratio } from '../ratio/ratio.ts'

/** Shares that are compared among units and over time. Cards: docs/indicators/ */
export const INDICATORS = ['timeliness', 'completeness', 'checks', 'filings'] as const
export type Indicator = (typeof INDICATORS)[number]

export type IndicatorRatios = Readonly<Record<Indicator, Ratio>>

/** No opportunity anywhere. */
export const NO_RATIOS: IndicatorRatios = {
  timeliness: EMPTY_RATIO,
  completeness: EMPTY_RATIO,
  checks: EMPTY_RATIO,
  filings: EMPTY_RATIO,
}

/** Of what is due already: the share is over these, what is not yet due is in neither count. */
function dueRatio({ notYetDue, onTime, owed }: OutcomeCounts): Ratio {
  return { part: onTime, whole: owed - notYetDue }
}

export function toIndicatorRatios(
  summary: Pick<UnitSummary, 'timeliness' | 'filings' | 'completeness' | 'checks'>,
): IndicatorRatios {
  const { checks, completeness, filings, timeliness } = summary
  return {
    timeliness: dueRatio(timeliness),
    completeness,
    checks: { part: checks.passed, whole: checks.total },
    filings: dueRatio(filings),
  }
}
