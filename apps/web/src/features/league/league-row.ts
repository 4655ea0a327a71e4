import type { LeagueTable } from '@zhidu/contract'
import { type Dimension, DIMENSIONS, type Ratio } from '@zhidu/domain'

export type Row = LeagueTable['rows'][number]
export type Total = LeagueTable['total']
export type PartPoints = Readonly<Record<Dimension, number>>

/** Below this many reports one of them moves the share so much that it says little. Source: visual reference §6. */
export const FEW_SAMPLES = 5

/** On time over what is due; what is not yet due stands apart. */
export function onTimeRatio(counts: Row['timeliness']): Ratio {
  return { part: counts.onTime, whole: counts.onTime + counts.late + counts.missing }
}

export function checksRatio(checks: Row['checks']): Ratio {
  return { part: checks.passed, whole: checks.total }
}

export function hasFewSamples(row: Row): boolean {
  return row.score !== null && onTimeRatio(row.timeliness).whole < FEW_SAMPLES
}

/** Points without the dust of binary fractions. */
export function roundPoints(points: number): number {
  return Math.round(points * 100) / 100 + 0
}

export function sumPoints(points: PartPoints): number {
  return roundPoints(DIMENSIONS.reduce((sum, dimension) => sum + points[dimension], 0))
}

/** What counts of the deductions of a dimension: it stops at 0. */
export function countedLost(row: Row, base: PartPoints, dimension: Dimension): number {
  return roundPoints(base[dimension] - row.dimensions[dimension])
}

/** Places gained since the quarter before (negative = lost); null without a rank in both. Says nothing of significance. */
export function placesGained(row: Row): number | null {
  return row.rank === null || row.previousRank === null ? null : row.previousRank - row.rank
}

/** Score against the quarter before; null when either is not measured. */
export function scoreChange(row: Row): number | null {
  const [before, now] = row.trend.slice(-2)
  return before === undefined || before === null || now === undefined || now === null ? null : roundPoints(now - before)
}

/** Dimensions of a unit not measured that nobody looked at: all but those with a duty of their own, the holiday forms. */
export function unseenDimensions(row: Row): readonly Dimension[] {
  if (row.score !== null) return []
  return DIMENSIONS.filter((dimension) => dimension !== 'filing' && row.lost[dimension] === 0)
}
