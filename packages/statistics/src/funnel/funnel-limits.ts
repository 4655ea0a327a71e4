import { requireCount } from '../input/counts.ts'
import { requireLevel, requireProbability } from '../input/require.ts'
import type { Interval } from '../intervals/interval.ts'
import { binomialQuantile } from '../special/binomial-quantile.ts'
import { binomialLower } from '../special/binomial-tail.ts'
import { normalQuantile } from '../special/normal-quantile.ts'

export interface FunnelLimitOptions {
  /** Spread between units on the arcsine scale, from `overdispersion`: limits by the arcsine form instead of the exact one. */
  readonly tau2?: number
}

/** Where the binomial distribution function, made continuous between its values, reaches p: (r − α)/n. */
function interpolated(p: number, n: number, target: number): number {
  const r = binomialQuantile(p, n, target)
  const upper = binomialLower(r, n, target)
  const lower = binomialLower(r - 1, n, target)
  return (r - (upper - p) / (upper - lower)) / n
}

function cut(limit: number): number {
  return Math.min(1, Math.max(0, limit))
}

function overdispersed(
  target: number,
  whole: number,
  { probability, tau2 }: { probability: number; tau2: number },
): Interval {
  const middle = Math.asin(Math.sqrt(target))
  const reach = -normalQuantile((1 - probability) / 2) * Math.sqrt(1 / (4 * whole) + tau2)
  return {
    low: Math.sin(Math.max(0, middle - reach)) ** 2,
    high: Math.sin(Math.min(Math.PI / 2, middle + reach)) ** 2,
  }
}

/**
 * The lines of a funnel plot at `whole` opportunities around a target share, for drawing: the `probability` (0.95, 0.998) of units in
 * control lies between them. (r − α)/n with r = min{r: F(r) ≥ p}, α = (F(r) − p)/(F(r) − F(r − 1)), p = (1 ∓ probability)/2, cut to [0, 1].
 * Never flag by these lines: 1 of 1 lies above every one of them. `funnelFlag` does it exactly. With `tau2` the lines allow for spread
 * between units: sin²(asin √target ± z √(1/4n + τ²)). Not measured (whole = 0): [0, 1].
 * RangeError unless 0 ≤ target ≤ 1, whole is a whole number ≥ 0, 0 < probability < 1, tau2 ≥ 0.
 * Source: D. J. Spiegelhalter, Statistics in Medicine 24 (2005), A.1.1.
 */
export function funnelLimits(
  target: number,
  whole: number,
  probability: number,
  options: FunnelLimitOptions = {},
): Interval {
  requireProbability(target, 'target')
  requireCount(whole, 'whole')
  requireLevel(probability, 'probability')
  const { tau2 } = options
  if (tau2 !== undefined && !(tau2 >= 0 && tau2 < Infinity))
    throw new RangeError(`tau2 must be a finite number ≥ 0: ${tau2}`)
  if (whole === 0) return { low: 0, high: 1 }
  if (tau2 !== undefined) return overdispersed(target, whole, { probability, tau2 })
  if (target === 0 || target === 1) return { low: target, high: target }
  const tail = (1 - probability) / 2
  return { low: cut(interpolated(tail, whole, target)), high: cut(interpolated(1 - tail, whole, target)) }
}
