import { DAILY_KINDS, DAILY_STATES, MAX_REMINDER_DAYS } from '@zhidu/domain'
import { z } from 'zod'
import { Count, DayText, Instant, PlainDateText } from './values.ts'

const Words = z.string().refine((text) => !/[\p{Surrogate}\0]/u.test(text))
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const DutySettingView = z.object({
  version: Count,
  reminderDays: z.array(z.int()),
  dailyUntil: z.string().nullable(),
  fromOn: PlainDateText,
  at: Instant,
  by: z.string(),
})
/** What the office asks of the units below it; empty = nothing was set, and nothing is asked. */
export const DutySettings = z.object({
  today: PlainDateText,
  versions: z.array(DutySettingView),
  maySet: z.boolean(),
})
export type DutySettings = z.infer<typeof DutySettings>
export const SetDutyInput = z.strictObject({
  versions: z.int().min(0).max(100_000),
  reminderDays: z.array(z.int().min(0).max(MAX_REMINDER_DAYS)).max(10),
  dailyUntil: Clock.nullable(),
  /** First day the hour holds for: today, while the hour is to come, or later. */
  fromOn: DayText,
})
export type SetDutyInput = z.infer<typeof SetDutyInput>

export const ReportDayInput = z.strictObject({
  day: DayText,
  kind: z.enum(DAILY_KINDS),
  /** What happened; of 有事 this or the event. */
  note: Words.trim().min(2).max(1_000).nullable(),
  eventCode: z.string().trim().min(1).max(100).nullable(),
  /** Versions the reader has seen of this day. */
  versions: z.int().min(0).max(1_000),
})
export type ReportDayInput = z.infer<typeof ReportDayInput>
export const DayReported = z.object({ at: Instant, version: Count, isLate: z.boolean() })
export type DayReported = z.infer<typeof DayReported>

export const DailyGridInput = z.strictObject({
  /** Last day shown; missing = today. */
  until: DayText.optional(),
  cursor: z.string().max(200).optional(),
})
export type DailyGridInput = z.infer<typeof DailyGridInput>
/** Units one level below × the days for which a report was asked. */
export const DailyGrid = z.object({
  asOf: Instant,
  days: z.array(z.object({ day: PlainDateText, askedBy: z.string(), dueAt: Instant.nullable() })),
  units: z.array(
    z.object({
      unitCode: z.string(),
      unitName: z.string(),
      cells: z.array(
        z.object({
          state: z.enum(DAILY_STATES),
          at: Instant.nullable(),
          note: z.string().nullable(),
          eventCode: z.string().nullable(),
        }),
      ),
    }),
  ),
  /** Of the last day shown, over all units below. */
  counts: z.record(z.enum(DAILY_STATES), Count),
  total: Count,
  nextCursor: z.string().nullable(),
})
export type DailyGrid = z.infer<typeof DailyGrid>
