import type { MoveExplanation } from '@zhidu/contract'
import { MOVE_FACTORS, MOVE_PARTS, type MoveFactor } from '@zhidu/domain'

export type Move = NonNullable<MoveExplanation['move']>

/** One step from last quarter's place to this quarter's. `place`: where the whole places up to here lead. */
export interface MoveStep {
  readonly factor: MoveFactor
  /** Whole places won; negative = lost. */
  readonly gain: number
  /** Exact places won, to two decimals. */
  readonly exact: number
  readonly place: number
}

/** The steps in the order in which they are read; after the last one stands this quarter's place. */
export function toMoveSteps(before: number, move: Move): MoveStep[] {
  let place = before
  return MOVE_FACTORS.map((factor) => {
    place -= move.places[factor]
    return {
      factor,
      gain: move.places[factor],
      exact: Math.round((move.shares[factor] / MOVE_PARTS) * 100) / 100 + 0,
      place,
    }
  })
}

/** The factor that did most in the direction of the move, or in either when the place is the same; null = none did anything. */
export function mainFactor(move: Move): MoveFactor | null {
  const sign = Math.sign(move.gain)
  const weight = (factor: MoveFactor): number =>
    sign === 0 ? Math.abs(move.shares[factor]) : sign * move.shares[factor]
  const [first] = [...MOVE_FACTORS].sort((a, b) => weight(b) - weight(a))
  return first === undefined || weight(first) <= 0 ? null : first
}

export interface DeductionChange {
  readonly code: MoveExplanation['deductionsNow'][number]['code']
  readonly dimension: MoveExplanation['deductionsNow'][number]['dimension']
  readonly before: { readonly count: number; readonly points: number }
  readonly now: { readonly count: number; readonly points: number }
}

/** The unit's own deductions by what they are for, both quarters side by side, the largest difference first. */
export function compareDeductionSums(told: MoveExplanation): DeductionChange[] {
  const sum = (list: MoveExplanation['deductionsNow']) => ({
    count: list.length,
    points: Math.round(list.reduce((total, { points }) => total + points * 100, 0)) / 100,
  })
  const all = Map.groupBy(
    [
      ...told.deductionsBefore.map((one) => ({ one, isNow: false })),
      ...told.deductionsNow.map((one) => ({ one, isNow: true })),
    ],
    ({ one }) => `${one.dimension}/${one.code}`,
  )
  return [...all.values()]
    .flatMap((group): DeductionChange[] => {
      const [first] = group
      if (first === undefined) return []
      const side = (isNow: boolean) => sum(group.filter((each) => each.isNow === isNow).map(({ one }) => one))
      return [{ code: first.one.code, dimension: first.one.dimension, before: side(false), now: side(true) }]
    })
    .sort((a, b) => Math.abs(b.now.points - b.before.points) - Math.abs(a.now.points - a.before.points))
}
