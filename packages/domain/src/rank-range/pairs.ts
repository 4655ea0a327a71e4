import { normalCdf } from '@zhidu/statistics'
import { type Draws, variancesOf } from './rank-draws.ts'

/** Up to so many units every pair is counted in the draws; above, scores are taken as normal with the draws' means and spreads. */
export const MAX_COUNTED_PAIRS = 300

/** P(the first of two units truly scores higher); one half for what is always equal. Units by their column. */
export type PairProbability = (above: number, below: number) => number

/** Draws in which one scores higher, equal ones half. */
function countPairs({ count, units, values }: Draws): PairProbability {
  const wins = new Float32Array(units * units)
  for (let draw = 0; draw < count; draw += 1) {
    const row = values.subarray(draw * units, (draw + 1) * units)
    for (let a = 0; a < units; a += 1) {
      const own = row[a] as number
      for (let b = 0; b < a; b += 1) {
        const other = row[b] as number
        const place = a * units + b
        if (own > other) wins[place] = (wins[place] as number) + 1
        else if (own === other) wins[place] = (wins[place] as number) + 0.5
      }
    }
  }
  return (above, below) => {
    if (above === below) return 0.5
    return above > below
      ? (wins[above * units + below] as number) / count
      : 1 - (wins[below * units + above] as number) / count
  }
}

/** The common part of what is uncertain moves all units alike, so that their distances from the draw's mean are as good as independent. */
function fromSpread(draws: Draws): PairProbability {
  const { count, units, values } = draws
  const own = variancesOf(draws)
  const means = new Float64Array(units)
  for (let place = 0; place < values.length; place += 1) {
    const unit = place % units
    means[unit] = (means[unit] as number) + (values[place] as number) / count
  }
  return (above, below) => {
    const difference = (means[above] as number) - (means[below] as number)
    const spread = Math.sqrt((own[above] as number) + (own[below] as number))
    if (spread > 0) return normalCdf(difference / spread)
    return difference === 0 ? 0.5 : Number(difference > 0)
  }
}

export function makePairProbability(draws: Draws): PairProbability {
  return draws.units <= MAX_COUNTED_PAIRS ? countPairs(draws) : fromSpread(draws)
}
