import type { Group } from './group.ts'

/**
 * Of one cell against each: P(θ_cell > θ_other), ∫ f(θ) P(other ≤ θ) dθ on the common grid. Against its own cell it is two different
 * units of it, ½.
 */
export function pairProbabilities({ densities }: Group, cell: number): Float64Array {
  const own = densities[cell]
  const result = new Float64Array(densities.length)
  if (own === undefined) return result
  for (const [index, { above, from }] of densities.entries()) {
    let sum = 0
    for (let i = 0; i < own.mass.length; i += 1) {
      const at = own.from + i - from
      if (at < 0) continue
      sum += (own.mass[i] ?? 0) * (1 - (at < above.length ? (above[at] ?? 0) : 0))
    }
    result[index] = index === cell ? 0.5 : Math.min(1, Math.max(0, sum))
  }
  return result
}
