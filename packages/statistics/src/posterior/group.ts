import type { Cell } from '../input/cells.ts'
import type { HyperNode } from '../shrinkage/hyper-posterior.ts'
import { type Density, makeDensity } from './density.ts'
import { type BetaShape, type GridFineness, makePanels, makeThetaGrid, type Reach, toReach } from './theta-grid.ts'

/** A group under one prior, on a grid of its own. */
export interface Group {
  /** Of each cell. */
  readonly densities: readonly Density[]
  readonly counts: readonly number[]
  readonly units: number
  readonly nodes: number
}

/** Mean, variance and third cumulant of "how many units are above θ", node by node. */
export interface Sums {
  readonly mean: Float64Array
  readonly variance: Float64Array
  readonly skew: Float64Array
}

export function sumGroup({ counts, densities, nodes }: Group): Sums {
  const mean = new Float64Array(nodes)
  const variance = new Float64Array(nodes)
  const skew = new Float64Array(nodes)
  /** Units that are above for certain at all nodes to the left of this one. */
  const certain = new Float64Array(nodes + 1)
  for (const [cell, { above, from }] of densities.entries()) {
    const count = counts[cell] ?? 0
    certain[from] = (certain[from] ?? 0) + count
    for (let i = 0; i < above.length; i += 1) {
      const q = above[i] ?? 0
      const v = q * (1 - q)
      mean[from + i] = (mean[from + i] ?? 0) + count * q
      variance[from + i] = (variance[from + i] ?? 0) + count * v
      skew[from + i] = (skew[from + i] ?? 0) + count * v * (1 - 2 * q)
    }
  }
  let waiting = 0
  for (let node = nodes; node > 0; node -= 1) {
    waiting += certain[node] ?? 0
    mean[node - 1] = (mean[node - 1] ?? 0) + waiting
  }
  return { mean, variance, skew }
}

interface Placed {
  readonly shape: BetaShape
  readonly reach: Reach
}

function onGrid(
  placed: readonly Placed[],
  cells: readonly Cell[],
  panels: readonly Panel[],
  nodesPerPanel: number,
): Group {
  const grid = makeThetaGrid(panels, nodesPerPanel)
  return {
    densities: placed.map(({ reach, shape }) => makeDensity(shape, reach, grid)),
    counts: cells.map(({ count }) => count),
    units: cells.reduce((sum, { count }) => sum + count, 0),
    nodes: grid.weights.length,
  }
}

type Panel = readonly [number, number]

/** Over a panel the mean number above may fall by so many of its standard deviations. */
const FALL_PER_PANEL = 4

/** The more units, the more sharply a rank depends on θ: panels are cut until the rank is a smooth function on each. */
function refine(panels: readonly Panel[], { mean, variance }: Sums, nodesPerPanel: number): Panel[] {
  return panels.flatMap(([from, to], panel): Panel[] => {
    const first = panel * nodesPerPanel
    const last = first + nodesPerPanel - 1
    const least = Math.min(variance[first] ?? 0, variance[last] ?? 0)
    const pieces = Math.ceil(((mean[first] ?? 0) - (mean[last] ?? 0)) / (FALL_PER_PANEL * Math.sqrt(least + 0.25)))
    const length = (to - from) / Math.max(1, pieces)
    return Array.from({ length: Math.max(1, pieces) }, (_, piece): Panel => [
      from + piece * length,
      piece + 1 < pieces ? from + (piece + 1) * length : to,
    ])
  })
}

/** The posteriors of all cells under one prior; `isMany`: cut finer until ranks are smooth, too. */
export function makeGroup(
  cells: readonly Cell[],
  { alpha, beta }: Omit<HyperNode, 'weight'>,
  { fineness, isMany }: { readonly fineness: GridFineness; readonly isMany: boolean },
): Group {
  const placed = cells.map(({ part, whole }): Placed => {
    const shape = { a: part + alpha, b: whole - part + beta }
    return { shape, reach: toReach(shape, fineness.depth) }
  })
  const reaches = placed.map(({ reach }) => reach)
  const panels = makePanels(reaches, fineness.panelLength)
  const group = onGrid(placed, cells, panels, fineness.nodesPerPanel)
  if (!isMany) return group
  const finer = refine(panels, sumGroup(group), fineness.nodesPerPanel)
  return finer.length === panels.length ? group : onGrid(placed, cells, finer, fineness.nodesPerPanel)
}
