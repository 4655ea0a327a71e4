import { type Better, readBetter } from '../input/better.ts'
import { type Counts, requireCounts } from '../input/counts.ts'
import { requirePositive } from '../input/require.ts'
import { FINE } from './fineness.ts'
import { makeGroup } from './group.ts'
import { pairProbabilities } from './pair-probabilities.ts'
import type { BetaPrior } from './posterior-prior.ts'

export interface PairProbabilityOptions {
  readonly better?: Better
  /** Beta distribution of the true shares; uniform when left out, since two units tell nothing about a group. */
  readonly prior?: BetaPrior
}

/**
 * The probability that a is truly better than b: P(θ_a > θ_b), or < for better 'lower', θ ~ Beta(part + α, whole − part + β)
 * independently; by quadrature. A unit that is not measured (whole = 0) is known by the prior alone.
 * RangeError for counts that are none or a prior not > 0.
 */
export function pairProbability(a: Counts, b: Counts, options: PairProbabilityOptions = {}): number {
  const { prior = { alpha: 1, beta: 1 } } = options
  requireCounts(a, 'a')
  requireCounts(b, 'b')
  requirePositive(prior.alpha, 'prior.alpha')
  requirePositive(prior.beta, 'prior.beta')
  const [first, second] = readBetter(options.better) === 'lower' ? [b, a] : [a, b]
  const cells = [first, second].map((unit) => ({ ...unit, count: 1 }))
  return pairProbabilities(makeGroup(cells, prior, { fineness: FINE, isMany: false }), 0)[1] ?? 0.5
}
