import { HOLIDAYS, NOTICE_PROBLEMS } from '@zhidu/domain'
import { z } from 'zod'
import { DayText, Instant, PlainDateText, Provenance, QuarterText } from './values.ts'

const Year = z.int().min(1970).max(2199)

/** One line of `zhidu calendar YEAR --json`; interchange contract §6. */
export const CalendarHoliday = z.object({
  /** `2026-春节` */
  holiday: z.string(),
  firstDayOff: PlainDateText,
  lastDayOff: PlainDateText,
  /** Under the rules in force. */
  dueOn: PlainDateText,
  /** There, and true, when the due day was moved past days of a year that is not announced, by the week alone. */
  provisional: z.literal(true).optional(),
})
export const Calendar = z.object({ year: Year, announced: z.boolean(), holidays: z.array(CalendarHoliday) })
export type Calendar = z.infer<typeof Calendar>

export const CalendarInput = z.strictObject({ year: Year })
export type CalendarInput = z.infer<typeof CalendarInput>

export const HolidayBlockItem = z.strictObject({
  name: z.enum(HOLIDAYS),
  firstDayOff: DayText,
  lastDayOff: DayText,
  makeupWorkdays: z.array(DayText).max(20),
})
export type HolidayBlockItem = z.infer<typeof HolidayBlockItem>

export const CalendarYear = Calendar.extend({
  provenance: Provenance,
  blocks: z.array(HolidayBlockItem),
  /** Days off and makeup workdays of neighbouring years' blocks that fall into this one. */
  neighbours: z.array(z.object({ holiday: z.string(), firstDayOff: PlainDateText, lastDayOff: PlainDateText })),
  makeupWorkdays: z.array(PlainDateText),
  leadDays: z.int(),
  moveTo: z.enum(['none', 'previous_workday']),
  /** Every version of the year's notice, newest first. */
  versions: z.array(
    z.object({
      source: z.string(),
      recordedAt: Instant,
      recordedBy: z.string().nullable(),
      replacedAt: Instant.nullable(),
      blockCount: z.int(),
      dayCount: z.int(),
    }),
  ),
  /** What the data that come with the program say of a year whose notice is not on record; empty = on record, or not in the data. */
  bundled: z.array(HolidayBlockItem),
  /** True when the reader stands at the top of the installation and may put a notice in force. */
  mayRecord: z.boolean(),
  today: PlainDateText,
})
export type CalendarYear = z.infer<typeof CalendarYear>

export const NoticeInput = z.strictObject({
  year: Year,
  blocks: z.array(HolidayBlockItem).max(20),
  /** Number or title of the notice. */
  source: z.string().trim().min(2).max(200),
})
export type NoticeInput = z.infer<typeof NoticeInput>
export const NoticePreviewInput = NoticeInput.omit({ source: true })
export type NoticePreviewInput = z.infer<typeof NoticePreviewInput>

export const NoticePreview = z.object({
  problems: z.array(
    z.object({ kind: z.enum(NOTICE_PROBLEMS), holiday: z.enum(HOLIDAYS), detail: z.string().nullable() }),
  ),
  dues: z.array(z.object({ holiday: z.string(), before: PlainDateText.nullable(), after: PlainDateText.nullable() })),
  quarters: z.array(QuarterText),
  /** Rollups that are computed anew. */
  unitQuarters: z.int(),
  /** Quarters of these that are frozen: then the notice is refused. */
  frozenQuarters: z.array(QuarterText),
})
export type NoticePreview = z.infer<typeof NoticePreview>
