import type { SearchResult } from '@zhidu/contract'

export type Hit = SearchResult['hits'][number]

export interface NamedUnit {
  readonly unitCode: string
  readonly name: string
  readonly shortName: string | null
}

const MOST_HITS = 20

/** Where a hit leads. */
export function pathOfHit(hit: Hit): string {
  const folder = { unit: 'units', event: 'events', check: 'checks' }[hit.kind]
  return `/${folder}/${encodeURIComponent(hit.code)}`
}

/** Units found by pinyin here before what the server found; a unit found by both stands once. */
export function mergeHits(units: readonly NamedUnit[], found: readonly Hit[]): Hit[] {
  const local = units.map((unit): Hit => ({ kind: 'unit', code: unit.unitCode, label: unit.name, unitName: null }))
  const known = new Set(local.map((hit) => hit.code))
  return [...local, ...found.filter((hit) => hit.kind !== 'unit' || !known.has(hit.code))].slice(0, MOST_HITS)
}
