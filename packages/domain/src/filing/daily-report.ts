import { MINUTE_MS, startOfLocalDay } from '../calendar/local-time.ts'
import type { PlainDate } from '../calendar/plain-date.ts'

/** 平安, or 有事. */
export const DAILY_KINDS = ['zero', 'event'] as const
export type DailyKind = (typeof DAILY_KINDS)[number]

/** How a unit's report of a day stands. Silence is `missing`, and never a zero report. */
export const DAILY_STATES = ['not_asked', 'not_yet_due', 'zero', 'event', 'zero_late', 'event_late', 'missing'] as const
export type DailyState = (typeof DAILY_STATES)[number]

/** An hour by which daily reports are due, as an office set it. */
export interface DailyHour {
  /** The first day it holds for. */
  readonly fromOn: PlainDate
  /** `HH:MM`; null = no report is asked for on holidays any more. */
  readonly until: string | null
}

/** The hour that holds on a day: of those whose first day has come the last one set. null = none was set. */
export function dailyHourOn(hours: readonly DailyHour[], day: PlainDate): string | null {
  return hours.findLast(({ fromOn }) => fromOn <= day)?.until ?? null
}

/** The last second of the minute by which a day's report is due; epoch ms. */
export function dailyDueAt(day: PlainDate, hour: string): number {
  const minutes = Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3))
  return startOfLocalDay(day) + minutes * MINUTE_MS
}

/**
 * How the report of a day stands. `dueAt`: epoch ms, on time up to it, itself included; null = none is asked for that day. `first`:
 * the first report, which fixes the time; `kind`: of the latest one.
 */
export function dailyStateOf(args: {
  readonly dueAt: number | null
  readonly first: { readonly at: number } | null
  readonly kind: DailyKind | null
  readonly asOf: number
}): DailyState {
  const { asOf, dueAt, first, kind } = args
  if (first !== null && kind !== null && first.at <= asOf)
    return dueAt !== null && first.at > dueAt ? `${kind}_late` : kind
  if (dueAt === null) return 'not_asked'
  return asOf <= dueAt ? 'not_yet_due' : 'missing'
}
