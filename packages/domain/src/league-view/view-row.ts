import { type Interval, wilsonInterval } from '@zhidu/statistics'
import type { OutcomeCounts } from '../league/assessment.ts'
import type { Ratio } from '../ratio/ratio.ts'
import { type Dimension, DIMENSIONS } from '../regulation/regulation.ts'

/** Points as shown, by dimension. */
export type PartPoints = Readonly<Record<Dimension, number>>

/** What filters and orders of the league table look at; points as shown, not hundredths. */
export interface LeagueViewRow {
  readonly unitCode: string
  readonly name: string
  readonly shortName: string | null
  /** null = not measured, like `score` and `grade`. */
  readonly rank: number | null
  readonly previousRank: number | null
  readonly score: number | null
  /** As worded on the wire. */
  readonly grade: string | null
  readonly dimensions: PartPoints
  /** Before the stop at 0. */
  readonly lost: PartPoints
  readonly bonus: number
  readonly timeliness: OutcomeCounts
  readonly completeness: Ratio
  readonly checks: { readonly passed: number; readonly total: number }
  /** Scores of this quarter and those before, oldest first. */
  readonly trend: readonly (number | null)[]
  /** Of the true score; missing = not known yet. */
  readonly expectedRank?: number | null
  /** In the fair comparison; missing = not known yet. */
  readonly fairRank?: number | null
}

/** Below this many reports one of them moves the share so much that it says little. Source: visual reference §6. */
export const FEW_SAMPLES = 5

/** On time over what is due; what is not yet due stands apart. */
export function onTimeRatio(counts: OutcomeCounts): Ratio {
  return { part: counts.onTime, whole: counts.onTime + counts.late + counts.missing }
}

/** Level of the interval of a share. */
export const SHARE_LEVEL = 0.95

/** Wilson's interval of the share on time, 0 to 1; null = nothing decided. */
export function onTimeInterval(counts: OutcomeCounts): Interval | null {
  const ratio = onTimeRatio(counts)
  return ratio.whole === 0 ? null : wilsonInterval(ratio, SHARE_LEVEL)
}

export function checksRatio(checks: LeagueViewRow['checks']): Ratio {
  return { part: checks.passed, whole: checks.total }
}

export function hasFewSamples(row: LeagueViewRow): boolean {
  return row.score !== null && onTimeRatio(row.timeliness).whole < FEW_SAMPLES
}

/** Points without the dust of binary fractions. */
export function roundPoints(points: number): number {
  return Math.round(points * 100) / 100 + 0
}

export function sumPoints(points: PartPoints): number {
  return roundPoints(DIMENSIONS.reduce((sum, dimension) => sum + points[dimension], 0))
}

/** Score against the quarter before; null when either is not measured. */
export function scoreChange(row: LeagueViewRow): number | null {
  const [before, now] = row.trend.slice(-2)
  return before === undefined || before === null || now === undefined || now === null ? null : roundPoints(now - before)
}

/** Places gained since the quarter before (negative = lost); null without a rank in both. Says nothing of significance. */
export function placesGained({ previousRank, rank }: Pick<LeagueViewRow, 'previousRank' | 'rank'>): number | null {
  return rank === null || previousRank === null ? null : previousRank - rank
}
