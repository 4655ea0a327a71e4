import { fastNormal } from '../special/fast-normal.ts'
import { type Group, type Sums, sumGroup } from './group.ts'
import { addWithoutOne, makeNodeLaws, type NodeLaw } from './node-laws.ts'

/** The posterior law of one unit's rank. */
export interface RankLaw {
  readonly expectedRank: number
  /** P(rank ≤ r). */
  cdf(rank: number): number
}

/** A group made ready to be asked about each of its cells. */
export interface RankedGroup {
  readonly group: Group
  readonly sums: Sums
  readonly laws: readonly (NodeLaw | null)[]
}

/** Groups up to this size are worked out exactly throughout. */
const EXACT_UNITS = 60
/** In larger ones a node is, while the number of units above varies no more than this. */
const EXACT_VARIANCE = 12

export function rankGroup(group: Group): RankedGroup {
  const sums = sumGroup(group)
  const limit = group.units <= EXACT_UNITS ? Infinity : EXACT_VARIANCE
  return { group, sums, laws: makeNodeLaws(group, sums, limit) }
}

/** Nodes in the normal form: how many others are above, as middle (with ½ for continuity), 1 / sd and skewness / 6. */
interface SmoothPart {
  readonly mass: Float64Array
  readonly middle: Float64Array
  readonly scale: Float64Array
  readonly bend: Float64Array
  size: number
}

function smoothCdf({ bend, mass, middle, scale, size }: SmoothPart, rank: number): number {
  let sum = 0
  for (let i = 0; i < size; i += 1) {
    sum += (mass[i] ?? 0) * fastNormal((rank - (middle[i] ?? 0)) * (scale[i] ?? 0), bend[i] ?? 0)
  }
  return sum
}

/**
 * P(rank = m + 1) = ∫ f(θ) P(m others above θ) dθ: given θ, the number of others above is Poisson-binomial. Its law is exact in small
 * groups and wherever it varies little; elsewhere normal with its mean and variance, corrected for continuity and skewness.
 * Source of the correction: A. Y. Volkova, Theory of Probability and its Applications 40 (1996).
 */
export function makeRankLaw({ group, laws, sums }: RankedGroup, cell: number): RankLaw {
  const density = group.densities[cell]
  if (density === undefined) throw new RangeError(`no cell ${cell}`)
  const { above, from, mass } = density
  const room = mass.length
  const exact = new Float64Array(group.units)
  const smooth: SmoothPart = {
    mass: new Float64Array(room),
    middle: new Float64Array(room),
    scale: new Float64Array(room),
    bend: new Float64Array(room),
    size: 0,
  }
  let expectedRank = 1
  for (let i = 0; i < room; i += 1) {
    const weight = mass[i] ?? 0
    const q = above[i] ?? 0
    const mean = (sums.mean[from + i] ?? 0) - q
    expectedRank += weight * mean
    if (weight < 1e-15) continue
    const law = laws[from + i] ?? null
    if (law !== null) {
      addWithoutOne(law, q, { sums: exact, weight })
      continue
    }
    const v = q * (1 - q)
    const scale = 1 / Math.sqrt((sums.variance[from + i] ?? 0) - v)
    const third = (sums.skew[from + i] ?? 0) - v * (1 - 2 * q)
    smooth.mass[smooth.size] = weight
    smooth.middle[smooth.size] = mean + 0.5
    smooth.scale[smooth.size] = scale
    smooth.bend[smooth.size] = (third * scale * scale * scale) / 6
    smooth.size += 1
  }
  for (let rank = 1; rank < exact.length; rank += 1) exact[rank] = (exact[rank] ?? 0) + (exact[rank - 1] ?? 0)
  return { expectedRank, cdf: (rank) => (exact[rank - 1] ?? 0) + smoothCdf(smooth, rank) }
}

/** The law under several priors, each with its weight. */
export function mixRankLaws(laws: readonly (RankLaw & { readonly weight: number })[]): RankLaw {
  return {
    expectedRank: laws.reduce((sum, { expectedRank, weight }) => sum + weight * expectedRank, 0),
    cdf: (rank) => laws.reduce((sum, law) => sum + law.weight * law.cdf(rank), 0),
  }
}
