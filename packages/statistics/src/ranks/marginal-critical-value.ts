import type { Estimate } from '../input/estimate.ts'
import { fastNormal } from '../special/fast-normal.ts'
import { gaussLegendre, type Quadrature } from '../special/gauss-legendre.ts'

/** A unit beside the one looked at, and which of the two statements about the pair are still open. */
export interface OpenPair {
  readonly standardError: number
  /** "The unit is better than this one" has not been declared yet. */
  isAboveOpen: boolean
  /** "This one is better than the unit" has not been declared yet. */
  isBelowOpen: boolean
}

const END = 9.5
let rule: Quadrature | null = null

function coverage(c: number, own: number, pairs: readonly OpenPair[]): number {
  rule ??= gaussLegendre(400)
  const bounds = pairs.map(({ standardError }) => [own / standardError, c * Math.hypot(own / standardError, 1)] as const)
  let sum = 0
  for (let i = 0; i < rule.nodes.length; i += 1) {
    const z = END * (rule.nodes[i] ?? 0)
    let product = END * (rule.weights[i] ?? 0) * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI))
    for (let k = 0; k < pairs.length && product > 1e-18; k += 1) {
      const [slope = 0, reach = 0] = bounds[k] ?? []
      const upper = pairs[k]?.isBelowOpen === true ? fastNormal(slope * z + reach) : 1
      const lower = pairs[k]?.isAboveOpen === true ? fastNormal(slope * z - reach) : 0
      product *= upper - lower
    }
    sum += product
  }
  return sum
}

/**
 * The c with P(max over the open statements of |Zᵢ − Zₖ| / σᵢₖ, signed, ≤ c) = level, for independent normal errors: one integral
 * over Zᵢ, given which the pairs are independent. 400 Gauss–Legendre nodes; c by regula falsi (Illinois).
 */
export function marginalCriticalValue(own: Estimate, pairs: readonly OpenPair[], level: number): number {
  const open = pairs.filter(({ isAboveOpen, isBelowOpen }) => isAboveOpen || isBelowOpen)
  const miss = (c: number): number => coverage(c, own.standardError, open) - level
  let [low, high] = [-9, 9]
  let [missLow, missHigh] = [-level, 1 - level]
  for (let step = 0; step < 100 && high - low > 1e-12; step += 1) {
    const inside = (low * missHigh - high * missLow) / (missHigh - missLow)
    const c = step % 4 === 3 ? (low + high) / 2 : inside
    const value = miss(c)
    if (Math.abs(value) < 1e-14) return c
    if (value < 0) {
      if (low !== -9 && step % 4 !== 3) missHigh /= 2
      ;[low, missLow] = [c, value]
    } else {
      if (high !== 9 && step % 4 !== 3) missLow /= 2
      ;[high, missHigh] = [c, value]
    }
  }
  return (low + high) / 2
}
