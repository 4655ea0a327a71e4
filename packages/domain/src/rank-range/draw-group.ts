import { createRandom, type Random } from '@zhidu/statistics'
import type { UnitTally } from '../league/tally.ts'
import { DIMENSIONS, type Regulation } from '../regulation/regulation.ts'
import { type FaultClass, listFaultClasses } from './fault-classes.ts'
import { makeScorer, type Scorer } from './make-scorer.ts'
import type { Draws } from './rank-draws.ts'

/** A group drawn anew again and again. */
export interface DrawnGroup {
  readonly classes: readonly FaultClass[]
  readonly scorer: Scorer
  /** Official scores, not rounded. */
  readonly scores: Draws
  /** Points lost for every point that peers would lose of the same chances; NaN = there is nothing to lose. */
  readonly ratios: Draws
  /** Points that peers would lose of each unit's chances, no floor and no cap reached; hundredths of the score. */
  readonly expected: Float64Array
}

interface ClassCosts {
  readonly one: FaultClass
  /** What the unit's score loses if all its chances of the class go wrong, before floors. */
  readonly whole: Float64Array
  readonly rates: Float64Array
  readonly draw: (into: Float64Array) => void
}

function toCosts(one: FaultClass, scorer: Scorer, random: Random): ClassCosts {
  const dimension = DIMENSIONS.indexOf(one.dimension)
  const whole = Float64Array.from(
    one.counts,
    (counts, unit) => counts.whole * (one.pointsPerFault[unit] as number) * scorer.price(unit, dimension),
  )
  return { one, whole, rates: new Float64Array(one.counts.length), draw: one.rates.start(random) }
}

/** What peers would lose: the group's shares and the group's costs on the unit's own chances. */
function expectedLosses(classes: readonly FaultClass[], scorer: Scorer, units: number): Float64Array {
  const expected = new Float64Array(units)
  for (const { counts, dimension, groupPoints, groupRate } of classes) {
    const place = DIMENSIONS.indexOf(dimension)
    for (const [unit, one] of counts.entries()) {
      const price = scorer.price(unit, place)
      expected[unit] = (expected[unit] as number) + one.whole * groupRate * groupPoints * price
    }
  }
  return expected
}

/** Adds what the drawn rates of one class cost to what each unit lost in each period. */
function addLosses({ one, rates }: ClassCosts, losses: Float64Array, periods: number): void {
  const dimension = DIMENSIONS.indexOf(one.dimension)
  for (let unit = 0; unit < rates.length; unit += 1) {
    const cost = (rates[unit] as number) * (one.pointsPerFault[unit] as number)
    for (let period = unit * periods; period < (unit + 1) * periods; period += 1) {
      const place = period * DIMENSIONS.length + dimension
      losses[place] = (losses[place] as number) + (one.chances[period] as number) * cost
    }
  }
}

/**
 * Draws the true rates of every class of faults and scores the group by the regulation with the faults they make one expect. All
 * tallies under one regulation; at least one. The stream follows from the seed alone.
 */
export function drawGroup(
  tallies: readonly UnitTally[],
  regulation: Regulation,
  { draws, seed }: { readonly draws: number; readonly seed: string },
): DrawnGroup {
  const [first] = tallies as readonly [UnitTally, ...UnitTally[]]
  const periods = first.periods.length
  const units = tallies.length
  const classes = listFaultClasses(tallies)
  const scorer = makeScorer(tallies, regulation, periods)
  const expected = expectedLosses(classes, scorer, units)
  // A stream for each class: what one takes moves no other.
  const costs = classes.map((one) => toCosts(one, scorer, createRandom(`${seed}/${one.code}/${one.dimension}`)))
  const losses = new Float64Array(units * periods * DIMENSIONS.length)
  const scores = new Float64Array(draws * units)
  const ratios = new Float64Array(draws * units)
  for (let draw = 0; draw < draws; draw += 1) {
    losses.fill(0)
    const row = draw * units
    for (const cost of costs) {
      cost.draw(cost.rates)
      addLosses(cost, losses, periods)
      for (let unit = 0; unit < units; unit += 1) {
        ratios[row + unit] =
          (ratios[row + unit] as number) +
          ((cost.rates[unit] as number) * (cost.whole[unit] as number)) / (expected[unit] as number)
      }
    }
    for (let unit = 0; unit < units; unit += 1) scores[row + unit] = scorer.score(unit, losses)
  }
  return {
    classes,
    scorer,
    scores: { count: draws, units, values: scores },
    ratios: { count: draws, units, values: ratios },
    expected,
  }
}
