import { startOfLocalDay } from '../calendar/local-time.ts'
import type { BonusFact } from '../facts/facts.ts'
import { roundHalfUp } from '../ratio/round.ts'
import { type Dimension, DIMENSIONS, type Hundredths, type Regulation, WHOLE_WEIGHT } from '../regulation/regulation.ts'
import { sumBonus } from './bonus.ts'
import {
  dimensionsOf,
  mapDimensions,
  periodIndexOf,
  type PeriodSums,
  sumDimensions,
  workloadOf,
} from './period-sums.ts'

/** What a quarter's sums come to in points. */
export interface QuarterPoints {
  readonly dimensions: Readonly<Record<Dimension, Hundredths>>
  readonly workload: Hundredths
  readonly bonus: Hundredths
  /** The bonuses of the periods, before they are divided by their number or by that of the items. */
  readonly bonusSum: Hundredths
  readonly items: { readonly count: number; readonly points: Hundredths } | null
  readonly score: Hundredths
  /** What the grade goes by in methods that leave the bonus out. */
  readonly scoreWithoutBonus: Hundredths
}

interface ScoreArgs {
  readonly periods: readonly PeriodSums[]
  readonly bonuses: readonly BonusFact[]
  readonly regulation: Regulation
}

function clamp(points: Hundredths, { cap, floor }: Regulation['total']): Hundredths {
  return Math.min(Math.max(points, floor ?? -Infinity), cap ?? Infinity)
}

/**
 * The average over the items of information: what they and the bonuses scored less the deductions, by their number. Faults
 * without any item are divided by one: they must not vanish in 0 ÷ 0.
 */
function scoreItems({ bonuses, periods, regulation }: ScoreArgs): QuarterPoints {
  const sum = (pick: (one: PeriodSums) => number): number => periods.reduce((total, one) => total + pick(one), 0)
  const count = sum((one) => one.itemCount)
  const points = sum((one) => one.itemPoints)
  const bonus = sumBonus(bonuses, regulation)
  const lost = sum((one) => sumDimensions(one.lost))
  const average = (total: Hundredths): Hundredths => clamp(roundHalfUp(total / Math.max(count, 1)), regulation.total)
  return {
    dimensions: mapDimensions(() => 0),
    workload: 0,
    bonus,
    bonusSum: bonus,
    items: { count, points },
    score: average(points + bonus - lost),
    scoreWithoutBonus: average(points - lost),
  }
}

/** A part of the score before it is rounded, over a denominator that all parts share. */
interface Share {
  readonly exact: number
}

/**
 * Whole parts that sum to the whole: each is its exact value cut to a whole number, and what is left of the rounded sum goes
 * to those cut by most, in their order among equals.
 */
function apportion(
  shares: readonly Share[],
  denominator: number,
): { readonly exactSum: number; readonly sum: number; readonly partOf: (share: Share) => Hundredths } {
  const exactSum = shares.reduce((total, { exact }) => total + exact, 0)
  const sum = roundHalfUp(exactSum / denominator)
  const cutOf = ({ exact }: Share): number => Math.floor(exact / denominator)
  const left = sum - shares.reduce((total, share) => total + cutOf(share), 0)
  const lossOf = (share: Share): number => share.exact - cutOf(share) * denominator
  const raised = new Set(shares.toSorted((a, b) => lossOf(b) - lossOf(a)).slice(0, left))
  return { exactSum, sum, partOf: (share) => cutOf(share) + Number(raised.has(share)) }
}

/**
 * Points by the method of the regulation. Where months are scored the quarter is the mean of their scores, and where
 * dimensions have weights they count by them: both are rounded once, for the whole, so that no rank hangs on how the parts
 * were rounded; the parts are then cut so that they sum to it.
 */
export function scorePeriods(args: ScoreArgs): QuarterPoints {
  const { bonuses, periods, regulation } = args
  if (regulation.items !== null) return scoreItems(args)
  const sumOf = (points: (one: PeriodSums, index: number) => number): number =>
    periods.reduce((sum, one, index) => sum + points(one, index), 0)
  const each = periods.map((one) => dimensionsOf(one, regulation))
  const shares = mapDimensions((dimension): Share => {
    const weight = regulation.dimensions[dimension].weight ?? WHOLE_WEIGHT
    return { exact: weight * each.reduce((sum, points) => sum + points[dimension], 0) }
  })
  const workload: Share = { exact: WHOLE_WEIGHT * sumOf((one) => workloadOf(one, regulation)) }
  const bonus = sumOf((one, index) => {
    if (one.isZeroed) return 0
    const own = bonuses.filter((row) => periodIndexOf(startOfLocalDay(row.awardedOn), periods) === index)
    return sumBonus(own, regulation)
  })
  const denominator = WHOLE_WEIGHT * periods.length
  const all = [...DIMENSIONS.map((dimension) => shares[dimension]), workload]
  const { exactSum, partOf, sum } = apportion(all, denominator)
  const withBonus = roundHalfUp((exactSum + WHOLE_WEIGHT * bonus) / denominator)
  return {
    dimensions: mapDimensions((dimension) => partOf(shares[dimension])),
    workload: partOf(workload),
    bonus: withBonus - sum,
    bonusSum: bonus,
    items: null,
    score: clamp(withBonus, regulation.total),
    scoreWithoutBonus: clamp(sum, regulation.total),
  }
}
