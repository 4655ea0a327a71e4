import { type Better, readBetter } from '../input/better.ts'
import type { Counts } from '../input/counts.ts'
import type { Estimate } from '../input/estimate.ts'
import { requireLevel } from '../input/require.ts'
import { sortUnits } from '../input/units.ts'
import { fisherOneSided } from './fisher-one-sided.ts'
import { rejectByHolm, type WeightedP } from './holm.ts'
import { marginalCriticalValue, type OpenPair } from './marginal-critical-value.ts'
import type { RankSet } from './rank-set.ts'

export interface MarginalRankSetOptions {
  /** Probability that this one set holds. */
  readonly level: number
  readonly better?: Better
}

interface Statement extends WeightedP {
  readonly isAbove: boolean
}

function markRates(own: Counts, others: readonly Counts[], alpha: number): { above: number; below: number } {
  const statements = others.flatMap((other): Statement[] => [
    { p: fisherOneSided(own, other), weight: 1, isAbove: true },
    { p: fisherOneSided(other, own), weight: 1, isAbove: false },
  ])
  const declared = rejectByHolm(statements, { alpha, total: statements.length })
  const above = declared.filter(({ isAbove }) => isAbove).length
  return { above, below: declared.length - above }
}

function markScores(own: Estimate, others: readonly Estimate[], level: number): { above: number; below: number } {
  const pairs = others.map(({ standardError, value }): OpenPair & { statistic: number } => {
    const statistic = (own.value - value) / Math.hypot(own.standardError, standardError)
    return { standardError, statistic, isAboveOpen: true, isBelowOpen: true }
  })
  let [above, below] = [0, 0]
  for (let declared = -1; declared < above + below && above + below < 2 * pairs.length;) {
    declared = above + below
    const critical = marginalCriticalValue(own, pairs, level)
    for (const pair of pairs) {
      if (pair.isAboveOpen && pair.statistic > critical) {
        pair.isAboveOpen = false
        above += 1
      } else if (pair.isBelowOpen && -pair.statistic > critical) {
        pair.isBelowOpen = false
        below += 1
      }
    }
  }
  return { above, below }
}

/**
 * The rank set of one unit alone, narrower than its simultaneous set because it promises less: its own true rank with probability ≥
 * `level`, and only that. Only pairs with the unit are compared.
 * Shares ({part, whole}): Fisher's one-sided exact test both ways, Holm over the 2 (p − 1) statements. null = the unit is not measured
 * (whole = 0); other units that are not are left out. Scores ({value, standardError}): step-down with the exact critical value of the
 * largest difference, one integral instead of a bootstrap. A single measured unit: [1, 1].
 * RangeError for counts or scores that are none or mixed, an index outside the list, a level outside (0, 1).
 * Source: as `rankSets`; the critical value is theirs with independent errors.
 */
export function marginalRankSet(
  units: readonly Counts[] | readonly Estimate[],
  index: number,
  options: MarginalRankSetOptions,
): RankSet | null {
  const { level } = options
  requireLevel(level)
  const isLowerBetter = readBetter(options.better) === 'lower'
  const { counts, scores } = sortUnits(units)
  if (!Number.isSafeInteger(index) || index < 0 || index >= units.length) {
    throw new RangeError(`index must be a place in units: ${index}`)
  }
  const own = counts[index]
  const score = scores[index]
  if (own?.whole === 0) return null
  const others = counts.filter((unit, place) => place !== index && unit.whole > 0)
  const { above, below } =
    score === undefined
      ? markRates(own ?? { part: 0, whole: 0 }, others, 1 - level)
      : markScores(
          score,
          scores.filter((_, place) => place !== index),
          level,
        )
  const [better, worse] = isLowerBetter ? [above, below] : [below, above]
  const measured = score === undefined ? others.length + 1 : scores.length
  return { low: 1 + better, high: measured - worse }
}
