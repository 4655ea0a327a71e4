import { type LeagueSort, type SortKey, TABLE_ORDER } from '@zhidu/domain'

const ASCENDING_FIRST: ReadonlySet<SortKey> = new Set<SortKey>(['rank', 'unit', 'expected', 'fair'])

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
