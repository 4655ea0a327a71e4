import { DAY_MS, HOUR_MS, LOCAL_OFFSET_MS, startOfLocalDayAt } from '../calendar/local-time.ts'
import { NIGHT } from '../draw/risk-weight.ts'
import type { CheckMethod } from '../facts/facts.ts'

/**
 * What a visit came to. `counted`: on record as a check; `open`: findings wait for a decision; `inconclusive`: nothing was proved;
 * `second`, `upper`: made again to compare. Only `counted` bears on the unit's score.
 */
export const VISIT_KINDS = ['counted', 'open', 'inconclusive', 'second', 'upper'] as const
export type VisitKind = (typeof VISIT_KINDS)[number]

export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** One time that somebody checked a unit. */
export interface Visit {
  readonly unitCode: string
  /** Epoch ms. */
  readonly at: number
  readonly method: CheckMethod
  readonly kind: VisitKind
  readonly inspectors: readonly string[]
  /** Null = not measured: it was put on record without a telephone. */
  readonly elapsedMs: number | null
  /** Where the inspector was at its start and end; null = not told. */
  readonly startPlace: Place | null
  readonly endPlace: Place | null
}

/** By the duty night's hours, local time: as draws count it. `at`: epoch ms. */
export function isNight(at: number): boolean {
  const hour = Math.floor((at - startOfLocalDayAt(at)) / HOUR_MS)
  return hour >= NIGHT.fromHour || hour < NIGHT.toHour
}

/** The half day's shift that keeps a night together: from noon to noon. Days since 1970. */
export function dutyNightOf(at: number): number {
  return Math.floor((at + LOCAL_OFFSET_MS - 12 * HOUR_MS) / DAY_MS)
}
