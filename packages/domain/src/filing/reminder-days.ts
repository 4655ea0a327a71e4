import { addDays, type PlainDate } from '../calendar/plain-date.ts'

/** How a unit stands with both forms of a holiday, the worse of them: what asks for something to be done comes first. */
export const FILING_STATES = ['missing', 'not_yet_due', 'late', 'on_time', 'not_owed'] as const
export type FilingState = (typeof FILING_STATES)[number]

/** Days before a due day on which an office may have units reminded. */
export const MAX_REMINDER_DAYS = 30

/**
 * The step of reminding that is due today: of the days before that have come the one nearest to the due day. null = none has come, or
 * the due day is over.
 */
export function reminderStep(dueOn: PlainDate, days: readonly number[], today: PlainDate): number | null {
  if (today > dueOn) return null
  const come = days.filter((before) => addDays(dueOn, -before) <= today)
  return come.length === 0 ? null : Math.min(...come)
}
