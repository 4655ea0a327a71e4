import { betaPower } from './beta-power.ts'

const TINY = 1e-300
const MAX_TERMS = 1_000_000

/** Continued fraction of I_x(a, b), for x below its mean. Source: DLMF 8.17.22, evaluated by Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  const sum = a + b
  let c = 1
  let d = 1 - (sum * x) / (a + 1)
  d = 1 / (Math.abs(d) < TINY ? TINY : d)
  let value = d
  for (let m = 1; m < MAX_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 + even * d
    c = 1 + even / c
    d = 1 / (Math.abs(d) < TINY ? TINY : d)
    if (Math.abs(c) < TINY) c = TINY
    value *= d * c
    const odd = (-(a + m) * (sum + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 + odd * d
    c = 1 + odd / c
    d = 1 / (Math.abs(d) < TINY ? TINY : d)
    if (Math.abs(c) < TINY) c = TINY
    const factor = d * c
    value *= factor
    if (Math.abs(factor - 1) < 1e-16) break
  }
  return value
}

/**
 * I_x(a, b) = P(X ≤ x) for X ~ Beta(a, b) and y = 1 − x; the upper tail is `betaTail(y, x, b, a)`. a, b > 0; `power` is
 * x^a y^b / B(a, b) where it is known already.
 */
export function betaTail(x: number, y: number, a: number, b: number, power = betaPower(x, y, a, b)): number {
  if (x <= 0) return 0
  if (y <= 0) return 1
  if (x <= (a + 1) / (a + b + 2)) return Math.min(1, (power * fraction(x, a, b)) / a)
  return Math.max(0, 1 - (power * fraction(y, b, a)) / b)
}
