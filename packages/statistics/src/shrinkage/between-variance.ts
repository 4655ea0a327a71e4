import type { Estimate } from '../input/estimate.ts'

/** Derivative of the restricted log-likelihood in τ², doubled. */
function score(units: readonly Estimate[], tau2: number): number {
  let [sum, squares, weighted] = [0, 0, 0]
  for (const { standardError, value } of units) {
    const weight = 1 / (tau2 + standardError ** 2)
    sum += weight
    squares += weight * weight
    weighted += weight * value
  }
  const mean = weighted / sum
  const residuals = units.reduce(
    (total, { standardError, value }) => total + ((value - mean) / (tau2 + standardError ** 2)) ** 2,
    0,
  )
  return residuals - sum + squares / sum
}

/**
 * τ² of yᵢ ~ N(μ, τ² + sᵢ²) by restricted maximum likelihood; 0 where the scores spread no more than their errors explain.
 * Bisection of the score function. At least two units.
 * Source: C. N. Morris, JASA 78 (1983).
 */
export function betweenVariance(units: readonly Estimate[]): number {
  if (score(units, 0) <= 0) return 0
  const values = units.map(({ value }) => value)
  let high = Math.max((Math.max(...values) - Math.min(...values)) ** 2, Number.MIN_VALUE)
  for (let step = 0; step < 100 && score(units, high) > 0; step += 1) high *= 2
  let low = 0
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step += 1) {
    const middle = (low + high) / 2
    if (score(units, middle) > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}
