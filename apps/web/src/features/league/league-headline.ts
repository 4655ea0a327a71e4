import type { LeagueTable } from '@zhidu/contract'
import { onTimeRatio, type Ratio } from '@zhidu/domain'
import type { Row } from './league-row.ts'

/** Units that share an end of the table. */
export interface End {
  readonly score: number
  readonly names: readonly string[]
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
      readonly first: End
      readonly last: End
      readonly onTime: Ratio
    }

function endOf(ranked: readonly Row[], score: number): End {
  return { score, names: ranked.filter((row) => row.score === score).map((row) => row.name) }
}

/** Who stands first and last and how many reports came in time: what happened, no word on whether it is chance. */
export function buildLeagueHeadline(table: LeagueTable): LeagueHeadline {
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
  return {
    kind: 'ranked',
    ranked: ranked.length,
    first: endOf(ranked, first.score),
    last: endOf(ranked, last.score),
    onTime,
  }
}
