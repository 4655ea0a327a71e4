import { type Better, readBetter } from '../input/better.ts'
import type { Counts } from '../input/counts.ts'
import { requireLevel } from '../input/require.ts'
import { type Cells, toCells } from '../input/cells.ts'
import { COARSE, FINE } from './fineness.ts'
import { makeGroup } from './group.ts'
import { type BetaPrior, toPriorNodes } from './posterior-prior.ts'
import { makeRankLaw, mixRankLaws, type RankedGroup, rankGroup, type RankLaw } from './rank-law.ts'
import { turn } from './turn.ts'

export interface PosteriorRankOptions {
  /** Posterior probability of each unit's interval. */
  readonly level: number
  readonly better?: Better
  /** Beta distribution of the true shares; left out, it is learnt from the group. */
  readonly prior?: BetaPrior
}

/** Where a unit stands among its group, for all that is known; rank 1 = best. */
export interface PosteriorRank {
  readonly expectedRank: number
  /** Equal-tail interval of the rank: the smallest ranks with P(rank ≤ r) ≥ (1 − level)/2 and ≥ 1 − (1 − level)/2. */
  readonly low: number
  readonly high: number
  /** P(rank ≤ τ) and P(rank > p − τ) with τ = ⌊p/4⌋, at least 1. */
  readonly probabilityTopQuarter: number
  readonly probabilityBottomQuarter: number
}

/** Groups up to this size get the finer grid. */
const SMALL_GROUP = 60

/** Sums of probabilities are compared with what rounding leaves of them. */
const ROUNDING = 1e-12

/** The smallest rank with P(rank ≤ r) ≥ p, looked for outwards from a guess. */
function quantile({ cdf }: RankLaw, p: number, { guess, units }: { guess: number; units: number }): number {
  const isReached = (rank: number): boolean => rank >= units || (rank > 0 && cdf(rank) >= p - ROUNDING)
  let high = Math.min(units, Math.max(1, Math.round(guess)))
  let low = high - 1
  for (let stride = 1; !isReached(high); stride *= 2) [low, high] = [high, Math.min(units, high + stride)]
  for (let stride = 1; low > 0 && isReached(low); stride *= 2) [low, high] = [Math.max(0, low - stride), low]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (isReached(middle)) high = middle
    else low = middle
  }
  return high
}

/** A rank near the one wanted: that of the posterior's own quantile. */
function guessRank({ group, sums }: RankedGroup, cell: number, p: number): number {
  const density = group.densities[cell]
  if (density === undefined) return 1
  let [low, high] = [0, density.above.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((density.above[middle] ?? 0) > p) low = middle + 1
    else high = middle
  }
  return 1 + (sums.mean[density.from + low] ?? 0)
}

function clamp(probability: number): number {
  return Math.min(1, Math.max(0, probability))
}

function rankCells(cells: Cells, prior: BetaPrior | undefined, level: number): PosteriorRank[] {
  const units = cells.measured
  const isMany = units > SMALL_GROUP
  const fineness = isMany || prior === undefined ? COARSE : FINE
  const nodes = toPriorNodes(cells, prior)
  const ranked = nodes.map((node) => ({
    weight: node.weight,
    ...rankGroup(makeGroup(cells.cells, node, { fineness, isMany })),
  }))
  const quarter = Math.max(1, Math.floor(units / 4))
  const tail = (1 - level) / 2
  return cells.cells.map((_, cell) => {
    const law = mixRankLaws(ranked.map((one) => ({ weight: one.weight, ...makeRankLaw(one, cell) })))
    const guess = (p: number): number => (ranked[0] === undefined ? 1 : guessRank(ranked[0], cell, p))
    return {
      expectedRank: Math.min(units, Math.max(1, law.expectedRank)),
      low: quantile(law, tail, { guess: guess(tail), units }),
      high: quantile(law, 1 - tail, { guess: guess(1 - tail), units }),
      probabilityTopQuarter: units === 1 ? 1 : clamp(law.cdf(quarter)),
      probabilityBottomQuarter: units === 1 ? 1 : clamp(1 - law.cdf(units - quarter)),
    }
  })
}

/**
 * The posterior distribution of every unit's rank: θᵢ ~ Beta(kᵢ + α, nᵢ − kᵢ + β) given the prior, rank 1 + #{θⱼ better}. Without
 * `prior` the distribution of the true shares is learnt from the group itself (`shrinkRates`' model) and what is uncertain about it is
 * averaged over, all units sharing it. Deterministic: quadrature over θ, no draws. `expectedRank` minimises the squared error of ranks.
 * Intervals hold one by one, never together: "A is better than B" is for `pairProbability` or `rankSets`.
 * One entry per unit, in order; null = not measured (whole = 0), not counted among the p ranked. A single measured unit has rank 1.
 * RangeError for counts that are none, a level outside (0, 1), or a prior not > 0.
 * Source: R. Lin, T. Louis, S. Paddock, G. Ridgeway, Bayesian Analysis 1 (2006).
 */
export function posteriorRanks(units: readonly Counts[], options: PosteriorRankOptions): (PosteriorRank | null)[] {
  const { level, prior } = options
  requireLevel(level)
  const asGiven = toCells(units)
  const isTurned = readBetter(options.better) === 'lower'
  const turned = isTurned ? turn(units, prior) : { units, prior }
  const cells = isTurned ? toCells(turned.units) : asGiven
  if (cells.measured === 0) return units.map(() => null)
  const ranks = rankCells(cells, turned.prior, level)
  return cells.cellOf.map((cell) => (cell === null ? null : (ranks[cell] ?? null)))
}
