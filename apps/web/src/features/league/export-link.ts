import type { LeagueFilter, LeagueSort, TreeChoice } from '@zhidu/domain'
import type { ColumnKey } from './league-columns.ts'
import { sortToText } from './league-sort.ts'

export interface LeagueExport {
  readonly quarter: string
  readonly group: string
  readonly asOf: string | null
  readonly tree: TreeChoice
  readonly filter: LeagueFilter
  readonly sort: LeagueSort
  readonly columns: readonly ColumnKey[]
  readonly language: string
}

/** The table on screen as a file: same rows, same order, same columns. */
export function leagueExportLink(wanted: LeagueExport): string {
  const query = new URLSearchParams({ quarter: wanted.quarter, group: wanted.group })
  const optional = {
    asOf: wanted.asOf,
    tree: wanted.tree === 'now' ? 'now' : null,
    search: wanted.filter.text.trim(),
    grade: wanted.filter.grade,
    only: wanted.filter.only,
    sort: sortToText(wanted.sort),
    columns: wanted.columns.join(','),
    lang: wanted.language,
  }
  for (const [key, value] of Object.entries(optional)) if (value !== null && value !== '') query.set(key, value)
  return `/files/league.xlsx?${query.toString()}`
}
