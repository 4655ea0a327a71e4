import { requirePositive, requireProbability } from '../input/require.ts'
import { betaPower } from './beta-power.ts'
import { betaTail } from './beta-tail.ts'

const MAX_STEPS = 200

/** logit of the lower quantile at `p` ≤ ½. ln I is increasing and concave in logit x, so Newton's steps end at the root. */
function solve(p: number, a: number, b: number): number {
  const target = Math.log(p)
  let z = Math.log(a / b) - Math.min(1, Math.sqrt(1 / a + 1 / b))
  let low = -Infinity
  let high = Infinity
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const x = 1 / (1 + Math.exp(-z))
    const y = 1 / (1 + Math.exp(z))
    const power = betaPower(x, y, a, b)
    const tail = betaTail(x, y, a, b, power)
    const gap = Math.log(tail) - target
    if (gap > 0) high = z
    else low = z
    const slope = power / tail
    const next = tail > 0 && slope > 0 ? z - gap / slope : z + 1
    const inside = next > low && next < high ? next : inBetween(low, high, z)
    if (Math.abs(inside - z) <= 1e-15 * Math.max(1, Math.abs(z))) return inside
    z = inside
  }
  return z
}

function inBetween(low: number, high: number, z: number): number {
  if (low === -Infinity) return z - 1
  return high === Infinity ? z + 1 : (low + high) / 2
}

/**
 * The x with P(X ≤ x) = p for X ~ Beta(a, b); 0 for p = 0 and 1 for p = 1. RangeError unless 0 ≤ p ≤ 1 and a, b > 0.
 * Newton's method on ln I over logit x, from the smaller tail.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  requireProbability(p, 'p')
  requirePositive(a, 'a')
  requirePositive(b, 'b')
  if (p === 0 || p === 1) return p
  const z = p <= 0.5 ? solve(p, a, b) : -solve(1 - p, b, a)
  return 1 / (1 + Math.exp(-z))
}
