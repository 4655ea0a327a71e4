import type { LeagueTotal } from '@zhidu/contract'
import { addRatios, DIMENSIONS, EMPTY_RATIO, type Hundredths, type UnitSummary } from '@zhidu/domain'

/** Fewer measured units than this, and a mean would tell one of them what another scored. */
export const MIN_COMPARED = 3

/** Mean of hundredths as points, to the hundredth; null for an empty list. */
export function meanPoints(values: readonly Hundredths[]): number | null {
  if (values.length === 0) return null
  return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length) / 100
}

/**
 * The line under the table: means of points over the measured units, sums of counts over all of them.
 * `trends`: each unit's scores in hundredths, oldest first; a quarter's mean is over the units measured in it.
 */
export function computeLeagueTotal(
  summaries: readonly UnitSummary[],
  trends: readonly (readonly (Hundredths | null)[])[],
): LeagueTotal {
  const measured = summaries.filter((summary) => summary.isMeasured)
  const meanLost = Object.fromEntries(
    DIMENSIONS.map((dimension) => [dimension, meanPoints(measured.map((summary) => summary.lost[dimension])) ?? 0]),
  ) as LeagueTotal['meanLost']
  const sum = (pick: (summary: UnitSummary) => number): number =>
    summaries.reduce((total, summary) => total + pick(summary), 0)
  return {
    unitCount: summaries.length,
    measuredCount: measured.length,
    meanScore: meanPoints(measured.flatMap((summary) => summary.score ?? [])),
    meanLost: measured.length === 0 ? null : meanLost,
    timeliness: {
      onTime: sum((summary) => summary.timeliness.onTime),
      late: sum((summary) => summary.timeliness.late),
      missing: sum((summary) => summary.timeliness.missing),
      notYetDue: sum((summary) => summary.timeliness.notYetDue),
      owed: sum((summary) => summary.timeliness.owed),
    },
    completeness: summaries.map((summary) => summary.completeness).reduce(addRatios, EMPTY_RATIO),
    checks: {
      passed: sum((summary) => summary.checks.passed),
      total: sum((summary) => summary.checks.total),
    },
    trend: (trends[0] ?? []).map((_, index) => meanPoints(trends.flatMap((trend) => trend[index] ?? []))),
  }
}
