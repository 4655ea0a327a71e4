import { DAY_MS, startOfLocalDay } from '../calendar/local-time.ts'
import { addDays, type PlainDate } from '../calendar/plain-date.ts'
import { dayStateOf } from '../calendar/workdays.ts'
import type { HolidayBlock } from '../regulation/regulation.ts'

/** A last day that working days lead to. */
export interface WorkingDue {
  /** Null = a year between has no notice yet, and nobody can say. */
  readonly lastDay: PlainDate | null
  /** That year. */
  readonly notAnnounced: number | null
}

/** The day that is `days` working days after `from`, which itself does not count; `days` ≥ 0 whole. */
export function addWorkdays(from: PlainDate, days: number, holidays: readonly HolidayBlock[]): WorkingDue {
  let day = from
  for (let left = days; left > 0;) {
    day = addDays(day, 1)
    const state = dayStateOf(day, holidays)
    if (state === 'not_announced') return { lastDay: null, notAnnounced: Number(day.slice(0, 4)) }
    if (state === 'workday') left -= 1
  }
  return { lastDay: day, notAnnounced: null }
}

/** Calendar days until the end of the last day; 0 = it is today, negative = so many days over. */
export function daysLeft(lastDay: PlainDate, today: PlainDate): number {
  return (startOfLocalDay(lastDay) - startOfLocalDay(today)) / DAY_MS
}

/** 灯: amber from three days before the last day on, red after it. */
export const LAMPS = ['green', 'amber', 'red', 'off'] as const
export type Lamp = (typeof LAMPS)[number]
const AMBER_DAYS = 3

export function lampOf(lastDay: PlainDate | null, today: PlainDate): Lamp {
  if (lastDay === null) return 'off'
  const left = daysLeft(lastDay, today)
  if (left < 0) return 'red'
  return left <= AMBER_DAYS ? 'amber' : 'green'
}
