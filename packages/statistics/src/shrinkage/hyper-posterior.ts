import type { Cells } from '../input/cells.ts'
import { climb, type Summit, type Surface } from './climb.ts'
import { makeLogLikelihood } from './log-likelihood.ts'

/** A beta distribution of the true shares, with its share of the posterior. */
export interface HyperNode {
  readonly alpha: number
  readonly beta: number
  readonly weight: number
}

/**
 * 'all' nodes that matter, for mixtures of betas; 'some' dozens on a wider lattice, for functions as smooth as the posterior itself;
 * a 'few', five with the same mean, spread and correlation in (logit μ, ln M), for large groups.
 */
export type HyperDetail = 'all' | 'some' | 'few'

/** B₀ = M₀ / (M₀ + M) is uniform: half of the prior is on M below this. */
const M0 = 10

/** Above this many units the posterior is so much narrower than the betas that a coarser lattice does as well. */
const FEW_UNITS = 20

function makeSurface({ cells }: Cells): Surface {
  const logLikelihood = makeLogLikelihood(cells)
  return (u, v) => {
    const mu = 1 / (1 + Math.exp(-u))
    const nu = 1 / (1 + Math.exp(u))
    const precision = Math.exp(v)
    const prior = Math.log(mu) + Math.log(nu) + v - 2 * Math.log(M0 + precision)
    return prior + logLikelihood(mu, nu, precision)
  }
}

interface GridNode {
  readonly u: number
  readonly v: number
  readonly weight: number
}

/** Steps in standard deviations: `across` in logit μ, `along` in ln M; e^−depth = the weight below which a node is left out. */
interface Lattice {
  readonly across: number
  readonly along: number
  readonly depth: number
}

/** Fine enough in μ that the narrow betas of a large M blend into one curve. */
const FINE: Lattice = { across: 0.3, along: 0.5, depth: 20.7 }
const COARSE: Lattice = { across: 0.75, along: 0.75, depth: 16 }
const COARSEST: Lattice = { across: 1.2, along: 1.2, depth: 7 }

/** All nodes of the lattice through the summit that weigh more than e^−depth of it, spread out from there. */
function flood(surface: Surface, summit: Summit, { across, along, depth }: Lattice): GridNode[] {
  const stepU = across / Math.sqrt(Math.max(1e-6, -summit.uu))
  const stepV = along / Math.sqrt(Math.max(1e-6, -summit.vv))
  const top = surface(summit.u, summit.v)
  const seen = new Set(['0,0'])
  const waiting: (readonly [number, number])[] = [[0, 0]]
  const nodes: GridNode[] = []
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [i, j] = next
    const [u, v] = [summit.u + i * stepU, summit.v + j * stepV]
    const fall = surface(u, v) - top
    if (!(fall > -depth) || Math.abs(u) > 600 || Math.abs(v) > 600) continue
    nodes.push({ u, v, weight: Math.exp(fall) })
    for (const [di, dj] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const key = `${i + di},${j + dj}`
      if (seen.has(key)) continue
      seen.add(key)
      waiting.push([i + di, j + dj])
    }
  }
  const total = nodes.reduce((sum, { weight }) => sum + weight, 0)
  return nodes.map(({ u, v, weight }) => ({ u, v, weight: weight / total }))
}

function toHyperNode({ u, v, weight }: GridNode): HyperNode {
  const precision = Math.exp(v)
  return { alpha: precision / (1 + Math.exp(-u)), beta: precision / (1 + Math.exp(u)), weight }
}

function mean(nodes: readonly GridNode[], valueOf: (node: GridNode) => number): number {
  return nodes.reduce((sum, node) => sum + node.weight * valueOf(node), 0)
}

/** The unscented points of the grid's first two moments: the middle and ±√3 along the two columns of a root of the covariance. */
function compress(nodes: readonly GridNode[]): GridNode[] {
  const [u, v] = [mean(nodes, (node) => node.u), mean(nodes, (node) => node.v)]
  const uu = mean(nodes, (node) => (node.u - u) ** 2)
  const uv = mean(nodes, (node) => (node.u - u) * (node.v - v))
  const vv = mean(nodes, (node) => (node.v - v) ** 2)
  const rootV = Math.sqrt(3 * vv)
  const slant = rootV > 0 ? (3 * uv) / rootV : 0
  const rootU = Math.sqrt(Math.max(0, 3 * uu - slant * slant))
  const around = [
    [slant, rootV],
    [-slant, -rootV],
    [rootU, 0],
    [-rootU, 0],
  ] as const
  return [{ u, v, weight: 1 / 3 }, ...around.map(([du, dv]) => ({ u: u + du, v: v + dv, weight: 1 / 6 }))]
}

/**
 * What the group tells about the distribution of its true shares: k ~ Bin(n, θ), θ ~ Beta(μM, (1−μ)M), μ ~ U(0, 1),
 * M₀/(M₀ + M) ~ U(0, 1) with M₀ = 10. Proper for every data set, also for none. Weights add up to 1. On a lattice in (logit μ, ln M) around its mode,
 * nodes below 10⁻⁹ of the mode left out: deterministic, no sampling.
 * Source of the prior: W. E. Strawderman, Annals of Mathematical Statistics 42 (1971); M. J. Daniels, Canadian Journal of Statistics 27 (1999).
 */
export function computeHyperPosterior(group: Cells, detail: HyperDetail): HyperNode[] {
  const surface = makeSurface(group)
  const parts = group.cells.reduce((sum, { count, part }) => sum + count * part, 0)
  const rests = group.cells.reduce((sum, { count, part, whole }) => sum + count * (whole - part), 0)
  const summit = climb(surface, { u: Math.log((parts + 1) / (rests + 1)), v: Math.log(M0) })
  if (detail === 'all') return flood(surface, summit, group.measured > FEW_UNITS ? COARSE : FINE).map(toHyperNode)
  const some = flood(surface, summit, COARSEST)
  return (detail === 'some' ? some : compress(some)).map(toHyperNode)
}
