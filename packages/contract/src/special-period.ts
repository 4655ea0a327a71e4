import { PACK_PROBLEMS, PERIOD_PROBLEMS, RESPONSE_LEVELS, SPECIAL_KINDS } from '@zhidu/domain'
import { z } from 'zod'
import { HolidayBlockItem, NoticePreview } from './calendar.ts'
import { Count, DayText, Instant, PlainDateText } from './values.ts'

const Words = z.string().refine((text) => !/[\p{Surrogate}\0]/u.test(text))
const PeriodId = z.uuid().regex(/^[0-9a-f-]+$/)

/** 汛期, 两会, 应急响应 and others, as an office says them. */
export const SpecialPeriodInput = z.strictObject({
  kind: z.enum(SPECIAL_KINDS),
  level: z.enum(RESPONSE_LEVELS).nullable(),
  title: Words.trim().min(2).max(100),
  from: DayText,
  /** Last day; null = until further notice. */
  to: DayText.nullable(),
  asksDoubleLeaders: z.boolean(),
  asksDailyReport: z.boolean(),
  note: Words.trim().max(500),
  /** Number or title of the document it rests on. */
  basis: Words.trim().min(2).max(200),
})
export type SpecialPeriodInput = z.infer<typeof SpecialPeriodInput>

export const SpecialPeriodVersion = SpecialPeriodInput.extend({
  version: Count,
  isWithdrawn: z.boolean(),
  at: Instant,
  by: z.string(),
})
export const SpecialPeriodItem = z.object({
  periodId: z.uuid(),
  officeCode: z.string(),
  officeName: z.string(),
  /** Set by the reader's own office. */
  isOwn: z.boolean(),
  isOn: z.boolean(),
  /** Newest first. */
  versions: z.array(SpecialPeriodVersion),
})
export type SpecialPeriodItem = z.infer<typeof SpecialPeriodItem>
export const SpecialPeriods = z.object({
  today: PlainDateText,
  items: z.array(SpecialPeriodItem),
  /** The reader may set periods of the own office. */
  mayRecord: z.boolean(),
})
export type SpecialPeriods = z.infer<typeof SpecialPeriods>

/** What a period adds: it moves no due day. */
export const PeriodEffectView = z.object({ leaderDays: Count, reportDays: Count, isOpen: z.boolean(), units: Count })
export const PeriodPreview = z.object({
  problems: z.array(z.enum(PERIOD_PROBLEMS)),
  effect: PeriodEffectView,
  /** Due days that move by it: none ever does. */
  movedDues: z.literal(0),
})
export type PeriodPreview = z.infer<typeof PeriodPreview>
export const PeriodPreviews = z.array(PeriodPreview)

export const RecordPeriodInput = SpecialPeriodInput.extend({
  /** Missing = a new one. */
  periodId: PeriodId.optional(),
  /** Versions the reader has seen. */
  versions: z.int().min(0).max(100_000),
  isWithdrawn: z.boolean(),
})
export type RecordPeriodInput = z.infer<typeof RecordPeriodInput>
export const RecordPeriodsInput = z.strictObject({ periods: z.array(SpecialPeriodInput).min(1).max(200) })
export type RecordPeriodsInput = z.infer<typeof RecordPeriodsInput>
export const PeriodsRecorded = z.object({ recorded: Count, unchanged: Count })
export type PeriodsRecorded = z.infer<typeof PeriodsRecorded>

/** A year's notice as a file. */
export const HolidayPack = z.strictObject({
  kind: z.literal('holidays'),
  year: z.int().min(1970).max(2199),
  source: Words.max(200),
  blocks: z.array(HolidayBlockItem).max(20),
})
export type HolidayPack = z.infer<typeof HolidayPack>

const PackProblem = z.object({ kind: z.enum(PACK_PROBLEMS), row: z.int().nullable(), value: z.string().nullable() })
/** A file of a calendar as it was read; nothing is in force by it. */
export const CalendarPackRead = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('holidays'),
    year: z.int(),
    source: z.string(),
    blocks: z.array(HolidayBlockItem),
    problems: z.array(PackProblem),
    /** null = there are cells that cannot be read. */
    preview: NoticePreview.nullable(),
  }),
  z.object({
    kind: z.literal('periods'),
    periods: z.array(SpecialPeriodInput),
    problems: z.array(PackProblem),
    effects: z.array(PeriodPreview),
  }),
])
export type CalendarPackRead = z.infer<typeof CalendarPackRead>
