import { type Dimension, DIMENSIONS, ratioValue } from '@zhidu/domain'
import { checksRatio, onTimeRatio, type Row, scoreChange, sumPoints } from './league-row.ts'

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
] as const
export type SortKey = (typeof SORT_KEYS)[number]

export interface LeagueSort {
  readonly key: SortKey
  readonly isDescending: boolean
}

/** The order of the table itself. */
export const TABLE_ORDER: LeagueSort = { key: 'rank', isDescending: false }

const ASCENDING_FIRST: ReadonlySet<SortKey> = new Set<SortKey>(['rank', 'unit', 'previous'])

/** `-score` = by score, high first. Anything unknown is the order of the table. */
export function parseSort(text: string | null): LeagueSort {
  const isDescending = text?.startsWith('-') ?? false
  const key = SORT_KEYS.find((each) => each === (isDescending ? text?.slice(1) : text))
  return key === undefined ? TABLE_ORDER : { key, isDescending }
}

/** null for the order of the table, which needs no word in the address. */
export function sortToText(sort: LeagueSort): string | null {
  return sort.key === 'rank' && !sort.isDescending ? null : `${sort.isDescending ? '-' : ''}${sort.key}`
}

/** A press on a header: first its own direction, then the other, then back to the order of the table. */
export function nextSort(current: LeagueSort, key: SortKey): LeagueSort {
  const first = { key, isDescending: !ASCENDING_FIRST.has(key) }
  if (current.key !== key) return first
  return current.isDescending === first.isDescending ? { key, isDescending: !first.isDescending } : TABLE_ORDER
}

function isDimension(key: SortKey): key is Dimension {
  return DIMENSIONS.some((dimension) => dimension === key)
}

function valueOf(row: Row, key: SortKey): number | string | null {
  if (isDimension(key)) return row.lost[key]
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
      return row.previousRank
    case 'trend':
      return scoreChange(row)
    default:
      throw new RangeError(`unknown column ${String(key)}`)
  }
}

/** Sorted copy. Rows without a value come last in both directions; equal values keep the order of the table. */
export function sortRows(rows: readonly Row[], sort: LeagueSort): Row[] {
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
