import type { Counts } from '../input/counts.ts'
import { requireLevel } from '../input/require.ts'
import { toCells } from '../input/cells.ts'
import { computeHyperPosterior, type HyperNode } from './hyper-posterior.ts'
import { makeMixture, mixtureQuantile } from './mixture-quantile.ts'

/** What is believed of a unit's true share after allowing for luck. */
export interface ShrunkRate {
  readonly mean: number
  readonly low: number
  readonly high: number
  /** How much of it rests on the unit's own data, 0 to 1; the rest on its group. */
  readonly ownShare: number
}

function shrink(part: number, whole: number, nodes: readonly HyperNode[], level: number): ShrunkRate {
  const mixture = makeMixture(part, whole, nodes)
  const tail = (1 - level) / 2
  const ownShare = nodes.reduce((sum, { alpha, beta, weight }) => sum + (weight * whole) / (whole + alpha + beta), 0)
  return {
    mean: mixture.mean,
    low: mixtureQuantile(mixture, tail),
    high: mixtureQuantile(mixture, 1 - tail),
    ownShare,
  }
}

/**
 * Full-Bayes beta-binomial shrinkage of the shares of a group: posterior mean Σ w (k + a)/(n + a + b), equal-tail interval of the
 * mixture Σ w Beta(k + a, n − k + b), ownShare Σ w n/(n + M), over the grid of `computeHyperPosterior`. No ML plug-in: its intervals cover
 * far too little in small groups. One entry per unit, in order; a unit that is not measured (whole = 0) gets its peers' distribution
 * with ownShare 0, to be shown as such and never as its own. A group of nobody is [].
 * RangeError for counts that are none or a level outside (0, 1).
 */
export function shrinkRates(units: readonly Counts[], { level }: { readonly level: number }): ShrunkRate[] {
  requireLevel(level)
  const group = toCells(units)
  if (units.length === 0) return []
  const nodes = computeHyperPosterior(group, 'all')
  const rates = group.cells.map(({ part, whole }) => shrink(part, whole, nodes, level))
  const unmeasured = group.measured < units.length ? shrink(0, 0, nodes, level) : null
  return group.cellOf.map((cell) => {
    const rate = cell === null ? unmeasured : rates[cell]
    if (rate === undefined || rate === null) throw new RangeError('a unit without a cell')
    return rate
  })
}
