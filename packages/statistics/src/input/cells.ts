import { type Counts, requireCounts } from './counts.ts'

/** A cell: all units with the same counts. */
export interface Cell extends Counts {
  readonly count: number
}

export interface Cells {
  readonly cells: readonly Cell[]
  /** Of each unit the index of its cell; null = not measured. */
  readonly cellOf: readonly (number | null)[]
  /** Units measured. */
  readonly measured: number
}

/** Groups units by their counts; units with whole = 0 are in none. RangeError naming the unit for counts that are none. */
export function toCells(units: readonly Counts[]): Cells {
  const places = new Map<string, number>()
  const cells: { part: number; whole: number; count: number }[] = []
  const cellOf = units.map((unit, index) => {
    requireCounts(unit, `units[${index}]`)
    const { part, whole } = unit
    if (whole === 0) return null
    const key = `${part}/${whole}`
    const place = places.get(key) ?? cells.length
    const known = cells[place]
    if (known === undefined) {
      cells.push({ part, whole, count: 1 })
      places.set(key, place)
    } else known.count += 1
    return place
  })
  return { cells, cellOf, measured: cells.reduce((sum, { count }) => sum + count, 0) }
}
