import type { UnitTally } from '../league/tally.ts'
import { DIMENSIONS, type Hundredths, type Regulation, WHOLE_WEIGHT } from '../regulation/regulation.ts'

/** Losses of a group: `(unit * periods + period) * DIMENSIONS.length + dimension`, hundredths before any floor. */
export type Losses = Float64Array

/** Scores units from what they lost, fractions of a hundredth included. */
export interface Scorer {
  readonly periods: number
  /** Of one unit: what `scorePeriods` gives before it is rounded. */
  score(unit: number, losses: Losses): number
  /** What a hundredth lost takes off the score while no floor or cap is reached, by dimension; for one unit. */
  price(unit: number, dimension: number): number
}

interface Held {
  readonly base: number
  readonly floor: number
  readonly cap: number
  readonly weight: number
}

function makeItemScorer(tallies: readonly UnitTally[], periods: number, clamp: (points: number) => number): Scorer {
  const width = periods * DIMENSIONS.length
  const divisors = tallies.map(({ itemCount }) => Math.max(itemCount, 1))
  const given = tallies.map(({ bonus, itemPoints }) => itemPoints + bonus)
  return {
    periods,
    score(unit, losses) {
      let lost = 0
      for (let place = unit * width; place < (unit + 1) * width; place += 1) lost += losses[place] as number
      return clamp(((given[unit] as number) - lost) / (divisors[unit] as number))
    },
    price: (unit) => 1 / (divisors[unit] as number),
  }
}

/**
 * The method of a regulation for many drawings of one group: floors, caps, weights, months, months made zero, workload and bonus
 * as in `scorePeriods`, with which it agrees for whole losses; or the average over the items. `periods`: of each tally.
 */
export function makeScorer(tallies: readonly UnitTally[], regulation: Regulation, periods: number): Scorer {
  const { items, total } = regulation
  const [least, most] = [total.floor ?? -Infinity, total.cap ?? Infinity]
  const clamp = (points: Hundredths): number => Math.min(Math.max(points, least), most)
  if (items !== null) return makeItemScorer(tallies, periods, clamp)
  const rules = DIMENSIONS.map((dimension): Held => {
    const { base, cap, floor, weight } = regulation.dimensions[dimension]
    return { base, floor, cap, weight: (weight ?? WHOLE_WEIGHT) / (WHOLE_WEIGHT * periods) }
  })
  const given = tallies.map(({ bonus, workload }) => (workload + bonus) / periods)
  const zeroed = tallies.flatMap((tally) => tally.periods.map(({ isZeroed }) => isZeroed))
  return {
    periods,
    score(unit, losses) {
      let sum = given[unit] as number
      let place = unit * periods * DIMENSIONS.length
      for (let period = unit * periods; period < (unit + 1) * periods; period += 1) {
        for (const { base, cap, floor, weight } of rules) {
          const held = Math.min(Math.max(base - (losses[place] as number), floor), cap)
          sum += weight * (zeroed[period] === true ? Math.min(held, 0) : held)
          place += 1
        }
      }
      return clamp(sum)
    },
    price: (_unit, dimension) => (rules[dimension] as Held).weight,
  }
}
