import { requireFinite } from '../input/require.ts'
import type { RankSet } from '../ranks/rank-set.ts'

/** Sums of equal parts in different order must not count as a difference. */
const ROUNDING = 1e-12

function requireShape(indicators: readonly (readonly number[])[], weights: readonly number[], tolerance: number): void {
  for (const [index, weight] of weights.entries()) {
    if (!(weight >= 0 && weight < Infinity))
      throw new RangeError(`weights[${index}] must be a finite number ≥ 0: ${weight}`)
  }
  if (!(tolerance >= 0 && tolerance <= 1)) throw new RangeError(`tolerance must lie between 0 and 1: ${tolerance}`)
  for (const [unit, values] of indicators.entries()) {
    if (values.length !== weights.length) throw new RangeError(`indicators[${unit}] must have ${weights.length} values`)
    for (const [indicator, value] of values.entries()) requireFinite(value, `indicators[${unit}][${indicator}]`)
  }
}

/** a is above b whatever the weights in the box: Σ w d − f Σ w |d| > 0. */
function dominates(
  a: readonly number[],
  b: readonly number[],
  { f, weights }: { f: number; weights: readonly number[] },
): boolean {
  let [sum, absolute] = [0, 0]
  for (const [k, weight] of weights.entries()) {
    const difference = (a[k] ?? 0) - (b[k] ?? 0)
    sum += weight * difference
    absolute += weight * Math.abs(difference)
  }
  return sum - f * absolute > ROUNDING * absolute
}

/**
 * The ranks a unit can have while each weight moves by ±`tolerance` of itself, in any combination: low = 1 + units that beat it for all
 * such weights, high = units − those it beats for all. Exact per pair, an outer bound for the rank. `indicators`: one row per unit, one
 * column per weight, larger = better. One entry per unit, in order; tolerance 0 = the ranks themselves, ties open.
 * RangeError for rows of another length, values not finite, weights < 0, a tolerance outside [0, 1].
 */
export function dominanceIntervals(
  indicators: readonly (readonly number[])[],
  weights: readonly number[],
  tolerance: number,
): RankSet[] {
  requireShape(indicators, weights, tolerance)
  const box = { f: tolerance, weights }
  return indicators.map((own) => ({
    low: 1 + indicators.filter((other) => dominates(other, own, box)).length,
    high: indicators.length - indicators.filter((other) => dominates(own, other, box)).length,
  }))
}
