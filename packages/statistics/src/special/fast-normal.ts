import { normalCdf } from './normal-cdf.ts'

const PER_UNIT = 512
const END = 8.5
const SIZE = 2 * END * PER_UNIT
const ROOT = 1 / Math.sqrt(2 * Math.PI)

/** Value and step × slope at each point. Built when first asked for. */
let table: Float64Array | null = null

function makeTable(): Float64Array {
  const made = new Float64Array(2 * SIZE + 4)
  for (let i = 0; i <= SIZE + 1; i += 1) {
    const x = i / PER_UNIT - END
    made[2 * i] = normalCdf(x)
    made[2 * i + 1] = (ROOT * Math.exp((-x * x) / 2)) / PER_UNIT
  }
  return made
}

/**
 * Φ(x) + bend (1 − x²) φ(x), kept in [0, 1], a few nanoseconds each: cubic interpolation between points that know their slope, 1e-13.
 * `bend` is a sixth of the skewness (Edgeworth's first term), 0 = Φ alone. For sums of many thousands of values.
 */
export function fastNormal(x: number, bend = 0): number {
  if (x <= -END) return 0
  if (x >= END) return 1
  table ??= makeTable()
  const place = (x + END) * PER_UNIT
  const at = Math.floor(place)
  const t = place - at
  const s = 1 - t
  const left = table[2 * at] ?? 0
  const right = table[2 * at + 2] ?? 0
  const slope = table[2 * at + 1] ?? 0
  const nextSlope = table[2 * at + 3] ?? 0
  const value = left + t * t * (3 - 2 * t) * (right - left) + t * s * (s * slope - t * nextSlope)
  if (bend === 0) return value
  const bent = value + bend * (1 - x * x) * (PER_UNIT * (s * slope + t * nextSlope))
  return Math.min(1, Math.max(0, bent))
}
