import { startOfLocalDay } from '../calendar/local-time.ts'
import type { BonusFact } from '../facts/facts.ts'
import type { Dimension, Hundredths, Regulation } from '../regulation/regulation.ts'
import { sumBonus } from './bonus.ts'
import {
  dimensionsOf,
  mapDimensions,
  meanOf,
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
  const average = (total: Hundredths): Hundredths => clamp(Math.round(total / Math.max(count, 1)), regulation.total)
  return {
    dimensions: mapDimensions(() => 0),
    workload: 0,
    bonus,
    items: { count, points },
    score: average(points + bonus - lost),
    scoreWithoutBonus: average(points - lost),
  }
}

/** Points by the method of the regulation; parts are means of the months where months are scored, and the score is their sum. */
export function scorePeriods(args: ScoreArgs): QuarterPoints {
  const { bonuses, periods, regulation } = args
  if (regulation.items !== null) return scoreItems(args)
  const each = periods.map((one) => dimensionsOf(one, regulation))
  const dimensions = mapDimensions((dimension) => meanOf(each.map((points) => points[dimension])))
  const workload = meanOf(periods.map((one) => workloadOf(one, regulation)))
  const bonus = meanOf(
    periods.map((one, index) => {
      if (one.isZeroed) return 0
      const own = bonuses.filter((row) => periodIndexOf(startOfLocalDay(row.awardedOn), periods) === index)
      return sumBonus(own, regulation)
    }),
  )
  const withoutBonus = sumDimensions(dimensions) + workload
  return {
    dimensions,
    workload,
    bonus,
    items: null,
    score: clamp(withoutBonus + bonus, regulation.total),
    scoreWithoutBonus: clamp(withoutBonus, regulation.total),
  }
}
