import type { LeagueTable } from '@zhidu/contract'
import { onTimeRatio, type Ratio } from '@zhidu/domain'
import type { Row } from './league-row.ts'

/** Where a unit in reach stands in the whole group. */
export interface Standing {
  readonly unitCode: string
  readonly name: string
  readonly rank: number
  readonly isTied: boolean
  readonly score: number
}

export type LeagueHeadline =
  | { readonly kind: 'empty' }
  | { readonly kind: 'none_measured'; readonly units: number }
  | { readonly kind: 'single'; readonly name: string; readonly score: number; readonly onTime: Ratio }
  | {
      readonly kind: 'one_measured'
      readonly units: number
      readonly name: string
      readonly score: number
      readonly onTime: Ratio
    }
  | { readonly kind: 'all_tied'; readonly ranked: number; readonly score: number; readonly onTime: Ratio }
  | {
      readonly kind: 'ranked'
      readonly ranked: number
      readonly onTime: Ratio
    }
  /** Part of the group is out of reach. */
  | {
      readonly kind: 'among_peers'
      readonly units: number
      readonly ranked: number
      /** In reach; `first` and `last` of them by rank, `last` null when it is `first`. */
      readonly seen: readonly { readonly unitCode: string; readonly name: string }[]
      readonly first: Standing | null
      readonly last: Standing | null
      /** null = hidden. */
      readonly mean: number | null
    }

function standingOf(row: Row | undefined): Standing | null {
  if (row === undefined || row.rank === null || row.score === null) return null
  return { unitCode: row.unitCode, name: row.name, rank: row.rank, isTied: row.tied, score: row.score }
}

function amongPeers({ rows, total }: LeagueTable): LeagueHeadline {
  const ranked = rows.filter((row) => row.rank !== null)
  return {
    kind: 'among_peers',
    units: total.unitCount,
    ranked: total.measuredCount,
    seen: rows,
    first: standingOf(ranked[0]),
    last: ranked.length > 1 ? standingOf(ranked.at(-1)) : null,
    mean: total.meanScore,
  }
}

/** What is known before it is known how sure the places are: how many are ranked, and how many reports came in time. No first, no last. */
export function buildLeagueHeadline(table: LeagueTable): LeagueHeadline {
  if (table.peers !== null) return amongPeers(table)
  const ranked = table.rows.filter((row) => row.score !== null)
  const onTime = onTimeRatio(table.total.timeliness)
  const units = table.rows.length
  if (units === 0) return { kind: 'empty' }
  const first = ranked[0]
  const last = ranked.at(-1)
  if (first === undefined || last === undefined || first.score === null || last.score === null) {
    return { kind: 'none_measured', units }
  }
  if (units === 1) return { kind: 'single', name: first.name, score: first.score, onTime }
  if (ranked.length === 1) return { kind: 'one_measured', units, name: first.name, score: first.score, onTime }
  if (first.score === last.score) return { kind: 'all_tied', ranked: ranked.length, score: first.score, onTime }
  return { kind: 'ranked', ranked: ranked.length, onTime }
}
