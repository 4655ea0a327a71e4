import { benjaminiHochberg, type Counts, type Interval, newcombeDifference, newcombePValue } from '@zhidu/statistics'
import type { OutcomeCounts } from '../league/assessment.ts'

/** Share of the solid arrows that may be chance, over the whole table. */
export const FALSE_MOVEMENTS = 0.05
/** Of the interval of each difference alone. */
export const MOVEMENT_LEVEL = 0.95

/**
 * `solid`: stands among all movements of the table (Benjamini–Hochberg at 5 %), and its own interval excludes 0. `hollow`: only its
 * own interval excludes 0; of a hundred such two or three are chance either way. `grey`: may be chance.
 */
export type MovementKind = 'solid' | 'hollow' | 'grey'

/** How the share on time moved since the quarter before. */
export interface Movement {
  readonly kind: MovementKind
  /** Of the share itself, whatever it means. */
  readonly direction: 'up' | 'down' | 'level'
  /** First reports on time of those decided. */
  readonly now: Counts
  readonly before: Counts
  /** Of now − before, −1 to 1. */
  readonly interval: Interval
  readonly pValue: number
}

/** First reports on time of those that are decided. */
export function decidedShare({ late, missing, onTime }: OutcomeCounts): Counts {
  return { part: onTime, whole: onTime + late + missing }
}

export interface MovementInput {
  readonly unitCode: string
  readonly now: OutcomeCounts
  /** null = nothing to compare with: not in the table then, or another unit. */
  readonly before: OutcomeCounts | null
}

/** Movements by unit; none for a unit with nothing decided in one of the quarters. Judged together: pass the whole table. */
export function computeMovements(units: readonly MovementInput[]): ReadonlyMap<string, Movement> {
  const compared = units.flatMap(({ before, now, unitCode }) => {
    if (before === null) return []
    const [own, past] = [decidedShare(now), decidedShare(before)]
    return own.whole === 0 || past.whole === 0 ? [] : [{ unitCode, now: own, before: past }]
  })
  const pValues = compared.map(({ before, now }) => newcombePValue(now, before))
  const stands = benjaminiHochberg(pValues, FALSE_MOVEMENTS)
  return new Map(
    compared.map(({ before, now, unitCode }, index) => {
      const interval = newcombeDifference(now, before, MOVEMENT_LEVEL)
      const excludesZero = interval.low > 0 || interval.high < 0
      const difference = now.part * before.whole - before.part * now.whole
      return [
        unitCode,
        {
          kind: !excludesZero ? 'grey' : stands[index] === true ? 'solid' : 'hollow',
          direction: difference === 0 ? 'level' : difference > 0 ? 'up' : 'down',
          now,
          before,
          interval,
          pValue: pValues[index] as number,
        },
      ]
    }),
  )
}
