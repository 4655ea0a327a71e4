import { logBeta } from '../special/log-gamma.ts'
import type { BetaShape, Reach, ThetaGrid } from './theta-grid.ts'

/** A posterior on the grid, at the nodes from `from` on; to the left of them θ is larger for certain, to the right smaller. */
export interface Density {
  readonly from: number
  /** Probabilities of the nodes; they add up to 1. */
  readonly mass: Float64Array
  /** P(θ > node). */
  readonly above: Float64Array
}

/** The first panel that ends after z, or their number. */
function firstPanelAfter(bounds: Float64Array, z: number): number {
  let [low, high] = [0, bounds.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bounds[middle] ?? 0) > z) high = middle
    else low = middle + 1
  }
  return low
}

export function makeDensity({ a, b }: BetaShape, reach: Reach, grid: ThetaGrid): Density {
  const { cumulative, logX, logY, nodesPerPanel, weights } = grid
  const first = firstPanelAfter(grid.ends, reach.low)
  const last = firstPanelAfter(grid.starts, reach.high)
  const from = first * nodesPerPanel
  const size = (last - first) * nodesPerPanel
  const mass = new Float64Array(size)
  const above = new Float64Array(size)
  const scale = logBeta(a, b)
  let total = 0
  for (let panel = 0; panel < size; panel += nodesPerPanel) {
    const half =
      ((grid.ends[(from + panel) / nodesPerPanel] ?? 0) - (grid.starts[(from + panel) / nodesPerPanel] ?? 0)) / 2
    for (let i = 0; i < nodesPerPanel; i += 1) {
      const at = from + panel + i
      mass[panel + i] = Math.exp(a * (logX[at] ?? 0) + b * (logY[at] ?? 0) - scale)
    }
    for (let i = 0; i < nodesPerPanel; i += 1) {
      let sum = 0
      for (let j = 0; j < nodesPerPanel; j += 1)
        sum += (cumulative[i * nodesPerPanel + j] ?? 0) * (mass[panel + j] ?? 0)
      above[panel + i] = total + half * sum
    }
    for (let i = 0; i < nodesPerPanel; i += 1) {
      const probability = (mass[panel + i] ?? 0) * (weights[from + panel + i] ?? 0)
      mass[panel + i] = probability
      total += probability
    }
  }
  settle(mass, above, { a, b, total })
  return { from, mass, above }
}

/** Turns masses below into masses above. What lies beyond the ends of the grid goes to the end nodes, as the mean says. */
function settle(
  mass: Float64Array,
  above: Float64Array,
  { a, b, total }: BetaShape & { readonly total: number },
): void {
  const missing = total < 0.999 ? 1 - total : 0
  const left = missing * (b / (a + b))
  const scale = missing > 0 ? 1 : 1 / total
  for (let i = 0; i < mass.length; i += 1) {
    mass[i] = (mass[i] ?? 0) * scale
    above[i] = Math.min(1, Math.max(0, 1 - left - (above[i] ?? 0) * scale))
  }
  if (missing === 0 || mass.length === 0) return
  mass[0] = (mass[0] ?? 0) + left
  mass[mass.length - 1] = (mass[mass.length - 1] ?? 0) + missing - left
}
