import type { LeagueTable } from '@zhidu/contract'
import { type Dimension, DIMENSIONS, type PartPoints, roundPoints } from '@zhidu/domain'

export type Row = LeagueTable['rows'][number]
export type Total = LeagueTable['total']

/** What counts of the deductions of a dimension: it stops at 0. */
export function countedLost(row: Row, base: PartPoints, dimension: Dimension): number {
  return roundPoints(base[dimension] - row.dimensions[dimension])
}

/** Dimensions of a unit not measured that nobody looked at: all but those with a duty of their own, the holiday forms. */
export function unseenDimensions(row: Row): readonly Dimension[] {
  if (row.score !== null) return []
  return DIMENSIONS.filter((dimension) => dimension !== 'filing' && row.lost[dimension] === 0)
}

/** Grades that occur, in the order of the table. */
export function listGrades(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => row.grade ?? []))]
}

/**
 * What of the group stands beside its units: everything; only means, because others are out of reach; or nothing, because so
 * few are measured that a mean would tell what one of them scored.
 */
export type GroupView = 'whole' | 'means' | 'nothing'

export function groupViewOf(table: LeagueTable): GroupView {
  if (table.peers === null) return 'whole'
  return table.total.meanScore === null ? 'nothing' : 'means'
}

/** A mean to one decimal: more would claim what a few dozen units cannot carry. */
export function roundMean(mean: number): number {
  return Math.round(mean * 10) / 10 + 0
}
