import { toCells } from '../input/cells.ts'
import type { Counts } from '../input/counts.ts'
import type { Random } from '../random/random.ts'
import { makeBetaSampler } from '../sampling/make-beta-sampler.ts'
import { computeHyperPosterior, type HyperNode } from './hyper-posterior.ts'

/** The true shares of a group as its counts leave them open, to be drawn together again and again. */
export interface RateDrawer {
  /** Posterior means, one per unit. A unit that is not measured has that of its peers. */
  readonly means: readonly number[]
  /** Begins a stream. Each call of it draws the shares of all units once: a distribution of the group for all, then each its own. */
  start(random: Random): (into: Float64Array) => void
}

function drawNode(random: Random, nodes: readonly HyperNode[], last: HyperNode): HyperNode {
  let mark = random.unit()
  for (const node of nodes) {
    if (mark < node.weight) return node
    mark -= node.weight
  }
  // Only rounding leads here.
  return last
}

/**
 * The model of `shrinkRates`, drawn instead of integrated: one node of the hyper-posterior per draw, shared by all units, then
 * Beta(k + α, n − k + β) for each. RangeError for counts that are none, or for a group of nobody.
 */
export function makeRateDrawer(units: readonly Counts[]): RateDrawer {
  const group = toCells(units)
  const nodes = computeHyperPosterior(group, 'all').toSorted((a, b) => b.weight - a.weight)
  const [heaviest] = nodes
  if (heaviest === undefined || units.length === 0) throw new RangeError('a group of nobody')
  const meanOf = ({ part, whole }: Counts): number =>
    nodes.reduce((sum, { alpha, beta, weight }) => sum + (weight * (part + alpha)) / (whole + alpha + beta), 0)
  const means = group.cells.map(meanOf)
  const unmeasured = meanOf({ part: 0, whole: 0 })
  const parts = Float64Array.from(units, ({ part }) => part)
  const rests = Float64Array.from(units, ({ part, whole }) => whole - part)
  return {
    means: group.cellOf.map((cell) => (cell === null ? unmeasured : (means[cell] ?? unmeasured))),
    start(random) {
      const sample = makeBetaSampler(random)
      return (into) => {
        const { alpha, beta } = drawNode(random, nodes, heaviest)
        for (let unit = 0; unit < parts.length; unit += 1) {
          into[unit] = sample((parts[unit] ?? 0) + alpha, (rests[unit] ?? 0) + beta)
        }
      }
    },
  }
}
