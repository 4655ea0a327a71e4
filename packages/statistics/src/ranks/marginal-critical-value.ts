import type { Estimate } from '../input/estimate.ts'
import { fastNormal } from '../special/fast-normal.ts'
import { gaussLegendre, type Quadrature } from '../special/gauss-legendre.ts'
import { normalQuantile } from '../special/normal-quantile.ts'

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

/** The pairs as columns: own error over the other's, σ over the other's, and what is open. */
interface Columns {
  readonly slope: Float64Array
  readonly reach: Float64Array
  readonly isAboveOpen: Uint8Array
  readonly isBelowOpen: Uint8Array
}

function toColumns(own: number, pairs: readonly OpenPair[]): Columns {
  const slope = Float64Array.from(pairs, ({ standardError }) => own / standardError)
  return {
    slope,
    reach: slope.map((ratio) => Math.hypot(ratio, 1)),
    isAboveOpen: Uint8Array.from(pairs, ({ isAboveOpen }) => Number(isAboveOpen)),
    isBelowOpen: Uint8Array.from(pairs, ({ isBelowOpen }) => Number(isBelowOpen)),
  }
}

/** P(no open statement has a statistic above c). */
function coverage(c: number, { isAboveOpen, isBelowOpen, reach, slope }: Columns): number {
  rule ??= gaussLegendre(400)
  let sum = 0
  for (let i = 0; i < rule.nodes.length; i += 1) {
    const z = END * (rule.nodes[i] ?? 0)
    let product = END * (rule.weights[i] ?? 0) * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI))
    for (let k = 0; k < slope.length && product > 1e-18; k += 1) {
      const middle = (slope[k] ?? 0) * z
      const half = (reach[k] ?? 0) * c
      const upper = isBelowOpen[k] === 1 ? fastNormal(middle + half) : 1
      product *= isAboveOpen[k] === 1 ? upper - fastNormal(middle - half) : upper
    }
    sum += Math.max(0, product)
  }
  return sum
}

/**
 * The c with P(max over the open statements of ±(Zᵢ − Zₖ)/σᵢₖ ≤ c) = level, for independent normal errors: one integral over Zᵢ, given
 * which the pairs are independent. 400 Gauss–Legendre nodes; c by regula falsi (Illinois) between the value for a single statement
 * and Bonferroni's. At least one statement is open.
 */
export function marginalCriticalValue(own: Estimate, pairs: readonly OpenPair[], level: number): number {
  const open = pairs.filter(({ isAboveOpen, isBelowOpen }) => isAboveOpen || isBelowOpen)
  const columns = toColumns(own.standardError, open)
  const statements = open.reduce((sum, pair) => sum + Number(pair.isAboveOpen) + Number(pair.isBelowOpen), 0)
  let [low, high] = [normalQuantile(level), -normalQuantile((1 - level) / statements)]
  let [missLow, missHigh] = [coverage(low, columns) - level, coverage(high, columns) - level]
  let side = 0
  for (let step = 0; step < 60 && missLow < 0 && missHigh > 0 && high - low > 1e-12; step += 1) {
    const c = (low * missHigh - high * missLow) / (missHigh - missLow)
    const miss = coverage(c, columns) - level
    if (Math.abs(miss) < 1e-14) return c
    if (miss < 0) {
      ;[low, missLow] = [c, miss]
      if (side < 0) missHigh /= 2
      side = -1
    } else {
      ;[high, missHigh] = [c, miss]
      if (side > 0) missLow /= 2
      side = 1
    }
  }
  return missLow >= 0 ? low : missHigh <= 0 ? high : (low + high) / 2
}
