import { dominanceIntervals } from '@zhidu/statistics'
import type { PartPoints } from '../league-view/view-row.ts'
import { type Dimension, DIMENSIONS } from '../regulation/regulation.ts'

/** How far each weight may be off. */
export const WEIGHT_TOLERANCE = 0.2
/** Points as shown have two decimals. */
const HALF_CENT = 0.005 + 1e-9

/** A ranked unit, in points as shown. */
export interface SensitivityInput {
  readonly score: number
  readonly dimensions: PartPoints
  readonly bonus: number
}

export interface SensitivityRow {
  /** By the weights as they are. */
  readonly rank: number
  /** Places it can have while every weight moves by a fifth of itself, in any combination: exact per pair, an outer bound. */
  readonly range: { readonly low: number; readonly high: number }
  /** Were all dimensions worth the same. */
  readonly equalRank: number
  /** Were the dimension left out; only of dimensions that have points. */
  readonly withoutRank: Partial<Readonly<Record<Dimension, number>>>
}

export interface Sensitivity {
  readonly dimensions: readonly Dimension[]
  /** In order of the units given. */
  readonly rows: readonly SensitivityRow[]
}

/** Competition ranks, high first; values within a cent are equal. */
function placesBy(
  units: readonly SensitivityInput[],
  valueOf: (unit: SensitivityInput) => number,
): (unit: SensitivityInput) => number {
  const centsOf = (unit: SensitivityInput): number => Math.round(valueOf(unit) * 100)
  const sorted = units.map(centsOf).sort((a, b) => b - a)
  return (unit) => sorted.indexOf(centsOf(unit)) + 1
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/**
 * How the places of a table hang on its weights. `base`: what each dimension starts from, as it counts. The bonus moves like a weight of its
 * own. null = fewer than two dimensions have points, or a score is not the sum of its parts (capped, by items, with workload): then weights
 * do not make the places.
 */
export function tabulateSensitivity(units: readonly SensitivityInput[], base: PartPoints): Sensitivity | null {
  const dimensions = DIMENSIONS.filter((dimension) => base[dimension] > 0)
  const partsOf = (unit: SensitivityInput): number[] => dimensions.map((dimension) => unit.dimensions[dimension])
  const isSum = units.every((unit) => Math.abs(unit.score - sum(partsOf(unit)) - unit.bonus) <= HALF_CENT)
  if (dimensions.length < 2 || !isSum) return null
  const even = sum(dimensions.map((dimension) => base[dimension])) / dimensions.length
  const rankOf = placesBy(units, ({ score }) => score)
  const equalOf = placesBy(
    units,
    (unit) => unit.bonus + sum(dimensions.map((one) => (even * unit.dimensions[one]) / base[one])),
  )
  const without = dimensions.map((left) => ({
    left,
    placeOf: placesBy(units, (unit) => unit.score - unit.dimensions[left]),
  }))
  const weights = [...dimensions, 'bonus'].map(() => 1)
  const ranges = dominanceIntervals(
    units.map((unit) => [...partsOf(unit), unit.bonus]),
    weights,
    WEIGHT_TOLERANCE,
  )
  return {
    dimensions,
    rows: ranges.flatMap((range, index) =>
      units.slice(index, index + 1).map((unit) => ({
        rank: rankOf(unit),
        range,
        equalRank: equalOf(unit),
        withoutRank: Object.fromEntries(without.map(({ left, placeOf }) => [left, placeOf(unit)])),
      })),
    ),
  }
}
