import { requirePositive } from '../input/require.ts'
import type { Cells } from '../input/cells.ts'
import { computeHyperPosterior, type HyperNode } from '../shrinkage/hyper-posterior.ts'

/** A beta distribution of the true shares. */
export interface BetaPrior {
  readonly alpha: number
  readonly beta: number
}

/** Up to this many units the few points of a large group would not do. */
const SMALL_GROUP = 120
/** Above this many the group's distribution is known so well that its middle stands for it. */
const LARGE_GROUP = 1_000

/** The given prior, or what the group tells about it. RangeError unless alpha, beta > 0. */
export function toPriorNodes(group: Cells, prior: BetaPrior | undefined): readonly HyperNode[] {
  if (prior !== undefined) {
    requirePositive(prior.alpha, 'prior.alpha')
    requirePositive(prior.beta, 'prior.beta')
    return [{ ...prior, weight: 1 }]
  }
  if (group.measured <= SMALL_GROUP) return computeHyperPosterior(group, 'some')
  const few = computeHyperPosterior(group, 'few')
  return group.measured <= LARGE_GROUP ? few : few.slice(0, 1).map((middle) => ({ ...middle, weight: 1 }))
}
