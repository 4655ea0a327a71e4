import { ratioValue } from '../ratio/ratio.ts'
import { DIMENSIONS } from '../regulation/regulation.ts'
import { checksRatio, type LeagueViewRow, onTimeRatio, placesGained, scoreChange, sumPoints } from './view-row.ts'

export const SORT_KEYS = [
  'rank',
  'unit',
  'score',
  'parts',
  ...DIMENSIONS,
  'onTime',
  'elements',
  'checks',
  'deductions',
  'previous',
  'trend',
  'expected',
  'fair',
] as const
export type SortKey = (typeof SORT_KEYS)[number]

export interface LeagueSort {
  readonly key: SortKey
  readonly isDescending: boolean
}

/** The order of the table itself. */
export const TABLE_ORDER: LeagueSort = { key: 'rank', isDescending: false }

/** `-score` = by score, high first. Anything unknown is the order of the table. */
export function parseSort(text: string | null): LeagueSort {
  const isDescending = text?.startsWith('-') ?? false
  const key = SORT_KEYS.find((each) => each === (isDescending ? text?.slice(1) : text))
  return key === undefined ? TABLE_ORDER : { key, isDescending }
}

function valueOf(row: LeagueViewRow, key: SortKey): number | string | null {
  switch (key) {
    case 'rank':
      return row.rank
    case 'unit':
      return row.unitCode
    case 'score':
      return row.score
    case 'parts':
      return row.score === null ? null : sumPoints(row.dimensions)
    case 'onTime':
      return ratioValue(onTimeRatio(row.timeliness))
    case 'elements':
      return ratioValue(row.completeness)
    case 'checks':
      return ratioValue(checksRatio(row.checks))
    case 'deductions':
      return sumPoints(row.lost)
    case 'previous':
      return placesGained(row)
    case 'trend':
      return scoreChange(row)
    case 'expected':
      return row.expectedRank ?? null
    case 'fair':
      return row.fairRank ?? null
    case 'timeliness':
    case 'completeness':
    case 'truthfulness':
    case 'discipline':
    case 'filing':
      return row.lost[key]
  }
}

/** Sorted copy. Rows without a value come last in both directions; equal values keep the order given. */
export function sortRows<Row extends LeagueViewRow>(rows: readonly Row[], sort: LeagueSort): Row[] {
  const direction = sort.isDescending ? -1 : 1
  return rows
    .map((row) => ({ row, value: valueOf(row, sort.key) }))
    .sort((a, b) => {
      if (a.value === b.value) return 0
      if (a.value === null) return 1
      if (b.value === null) return -1
      return a.value < b.value ? -direction : direction
    })
    .map(({ row }) => row)
}
