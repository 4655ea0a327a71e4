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

/** Φ(x) to 1e-13, a few nanoseconds each: cubic interpolation between points that know their slope. For sums of thousands of values. */
export function fastNormalCdf(x: number): number {
  if (x <= -END) return 0
  if (x >= END) return 1
  table ??= makeTable()
  const place = (x + END) * PER_UNIT
  const at = Math.floor(place)
  const t = place - at
  const s = 1 - t
  const left = table[2 * at] ?? 0
  const right = table[2 * at + 2] ?? 0
  const bend = s * (table[2 * at + 1] ?? 0) - t * (table[2 * at + 3] ?? 0)
  return left + t * t * (3 - 2 * t) * (right - left) + t * s * bend
}
