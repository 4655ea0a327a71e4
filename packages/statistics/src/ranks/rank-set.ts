import { type Counts, requireCounts } from '../input/counts.ts'
import { requireFinite, requirePositive } from '../input/require.ts'

/** The ranks a unit may have, both included; 1 = best. */
export interface RankSet {
  readonly low: number
  readonly high: number
}

/** A score with the standard deviation of its error. */
export interface Estimate {
  readonly value: number
  readonly standardError: number
}

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

export function requireEstimate({ standardError, value }: Estimate, name: string): void {
  requireFinite(value, `${name}.value`)
  requirePositive(standardError, `${name}.standardError`)
}
