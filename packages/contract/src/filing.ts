import {
  DAILY_STATES,
  FILING_STATES,
  FORM_ERRORS,
  FORM_WARNINGS,
  HOLIDAYS,
  LAMPS,
  MAX_FORM_ROWS,
  READ_PROBLEMS,
  STAYS,
} from '@zhidu/domain'
import { z } from 'zod'
import { FileHash } from './inspection-document.ts'
import { Count, DayText, FilingFormKey, Instant, OutcomeKey, PlainDateText, QuarterText } from './values.ts'

const Words = z.string().refine((text) => !/[\p{Surrogate}\0]/u.test(text))
const Short = Words.max(60)
const Phone = Words.max(60)
const UnitCode = z.string().min(1).max(100)
/** `2026-国庆节` */
export const HolidayKeyText = z
  .string()
  .regex(new RegExp(`^(?:19[7-9]\\d|20\\d\\d|21\\d\\d)-(?:${HOLIDAYS.join('|')})$`))

export const FilingKey = z.strictObject({ holiday: HolidayKeyText, form: FilingFormKey })
export type FilingKey = z.infer<typeof FilingKey>

export const WhereaboutsRowInput = z.strictObject({
  name: Short,
  post: Short,
  stay: z.enum(STAYS),
  /** Local minute, `2026-10-01T08:00`. */
  from: z.string().max(16).nullable(),
  to: z.string().max(16).nullable(),
  place: Words.max(200),
})
export const RosterRowInput = z.strictObject({
  day: DayText.nullable(),
  from: z.string().max(5).nullable(),
  to: z.string().max(5).nullable(),
  leaderName: Short,
  leaderPost: Short,
  leaderPhone: Phone,
  officerName: Short,
  officerPhone: Phone,
  note: Words.max(200),
})

const Filled = { filledBy: Short, phone: Phone }
/** A form as far as it is filled in. */
export const HolidayContentInput = z.discriminatedUnion('form', [
  z.strictObject({ form: z.literal('whereabouts'), ...Filled, rows: z.array(WhereaboutsRowInput).max(MAX_FORM_ROWS) }),
  z.strictObject({
    form: z.literal('roster'),
    ...Filled,
    dutyPhone: Phone,
    fax: Phone,
    changesAt: z.string().max(5),
    rows: z.array(RosterRowInput).max(MAX_FORM_ROWS),
  }),
])
export type HolidayContentInput = z.infer<typeof HolidayContentInput>

export const FormIssueView = z.object({
  kind: z.enum([...FORM_ERRORS, ...FORM_WARNINGS]),
  row: z.int().nullable(),
  detail: z.string().nullable(),
})
export const ReadProblemView = z.object({
  kind: z.enum(READ_PROBLEMS),
  row: z.int().nullable(),
  column: z.string().nullable(),
  value: z.string().nullable(),
})
export type ReadProblemView = z.infer<typeof ReadProblemView>

/** What a file was read as; nothing is filed by it. */
export const FormFileRead = z.object({
  sourceSha256: FileHash,
  fileName: z.string(),
  /** null = nothing of it could be read; the file is kept all the same. */
  content: HolidayContentInput.nullable(),
  problems: z.array(ReadProblemView),
  /** Why the file as a whole was refused; null = it was read. */
  refused: z.object({ code: z.string(), params: z.record(z.string(), z.string()) }).nullable(),
})
export type FormFileRead = z.infer<typeof FormFileRead>

/** What was given for a filing: proof of when the server received it. */
export const FilingReceipt = z.object({
  receipt: z.string(),
  version: Count,
  receivedAt: Instant,
  /** What counts for timeliness: the first that was received. */
  firstReceivedAt: Instant,
  isLate: z.boolean(),
  /** SHA-256 of what was filed, hex. */
  contentHash: z.string(),
  /** Shifts put on record by it; null = the form is no roster. */
  shifts: Count.nullable(),
})
export type FilingReceipt = z.infer<typeof FilingReceipt>

export const FilingReminder = z.object({
  reminderId: z.uuid(),
  officeName: z.string(),
  holiday: z.string(),
  dueOn: PlainDateText,
  forms: z.array(FilingFormKey),
  at: Instant,
  /** null = by the program, so many days before as the office set. */
  by: z.string().nullable(),
  daysBefore: z.int().nullable(),
  seenAt: Instant.nullable(),
  seenBy: z.string().nullable(),
})
export type FilingReminder = z.infer<typeof FilingReminder>

/** How one form of a holiday stands with a unit. */
export const FormStanding = z.object({
  form: FilingFormKey,
  outcome: OutcomeKey,
  receivedAt: Instant.nullable(),
  versions: Count,
  receipt: z.string().nullable(),
  draftAt: Instant.nullable(),
  isReopened: z.boolean(),
})
export const UnitHoliday = z.object({
  holiday: z.string(),
  firstDayOff: PlainDateText,
  lastDayOff: PlainDateText,
  dueOn: PlainDateText,
  /** The due day was moved past days of a year that is not announced, by the week alone. */
  isProvisional: z.boolean(),
  quarter: QuarterText,
  daysLeft: z.int(),
  lamp: z.enum(LAMPS),
  forms: z.array(FormStanding),
})
export type UnitHoliday = z.infer<typeof UnitHoliday>

export const DailyDay = z.object({
  day: PlainDateText,
  /** What asks for it: a holiday's key, or the title of a special period. */
  askedBy: z.string(),
  state: z.enum(DAILY_STATES),
  dueAt: Instant.nullable(),
  reportedAt: Instant.nullable(),
  note: z.string().nullable(),
  eventCode: z.string().nullable(),
  versions: Count,
})
export type DailyDay = z.infer<typeof DailyDay>

/** The page of a unit. */
export const FilingsOfUnit = z.object({
  asOf: Instant,
  today: PlainDateText,
  unitCode: z.string(),
  unitName: z.string(),
  /** False = the unit is closed; it owes nothing any more. */
  isOpen: z.boolean(),
  /** False = nobody stands above it: it owes its forms to its own list. */
  hasSuperior: z.boolean(),
  coming: z.array(UnitHoliday),
  past: z.array(UnitHoliday),
  /** Years within a year from today whose holidays nobody knows yet. */
  unannouncedYears: z.array(z.int()),
  reminders: z.array(FilingReminder),
  /** Days for which a report is or was asked, the latest first. */
  days: z.array(DailyDay),
  mayFile: z.boolean(),
  mayOversee: z.boolean(),
})
export type FilingsOfUnit = z.infer<typeof FilingsOfUnit>

/** What waits for the reader's unit: for the overview. */
export const FilingsWaiting = z.object({
  /** Forms not filed, of holidays whose forms are due within two weeks or over. */
  forms: z.array(
    z.object({
      holiday: z.string(),
      form: FilingFormKey,
      dueOn: PlainDateText,
      outcome: OutcomeKey,
      lamp: z.enum(LAMPS),
    }),
  ),
  unseenReminders: Count,
  /** Today's report is asked for and not there; null = none is asked. */
  today: z.object({ state: z.enum(DAILY_STATES), dueAt: Instant.nullable() }).nullable(),
  /** Units one level below that have not filed for the next or last holiday; null = the reader oversees none. */
  below: z
    .object({ holiday: z.string(), dueOn: PlainDateText, missing: Count, notYetDue: Count, units: Count })
    .nullable(),
})
export type FilingsWaiting = z.infer<typeof FilingsWaiting>

/** Warnings that were seen and filed all the same. */
export const FormIssues = z.array(FormIssueView)
export const FilingVersion = z.object({
  version: Count,
  receipt: z.string(),
  at: Instant,
  by: z.string(),
  isLate: z.boolean(),
  reason: z.string().nullable(),
  warnings: z.array(FormIssueView),
  sourceSha256: z.string().nullable(),
})
export const FilingGetInput = FilingKey.extend({
  /** Missing = the reader's own unit. */
  unitCode: UnitCode.optional(),
  /** Missing = the latest. */
  version: z.int().positive().max(100_000).optional(),
})
export type FilingGetInput = z.infer<typeof FilingGetInput>
/** One form of a unit for a holiday, to be filled in or looked at. */
export const FilingPage = z.object({
  asOf: Instant,
  unitCode: z.string(),
  unitName: z.string(),
  holiday: z.string(),
  form: FilingFormKey,
  firstDayOff: PlainDateText,
  lastDayOff: PlainDateText,
  dueOn: PlainDateText,
  dueAt: Instant,
  quarter: QuarterText,
  outcome: OutcomeKey.nullable(),
  receivedAt: Instant.nullable(),
  isOwn: z.boolean(),
  /** The reader fills it in: its own unit's, open, with the right to. */
  mayFile: z.boolean(),
  /** Names and numbers are hidden; they are asked for with a reason. */
  isMasked: z.boolean(),
  /** What was filed; null = nothing with content. */
  content: HolidayContentInput.nullable(),
  versions: z.array(FilingVersion),
  draft: z
    .object({ content: HolidayContentInput, at: Instant, by: z.string(), sourceSha256: z.string().nullable() })
    .nullable(),
  /** The unit's latest form of the kind for another holiday, taken over to these days; null = there is none. */
  previous: z.object({ holiday: z.string(), content: HolidayContentInput }).nullable(),
  /** The other form, as filed or drafted, for what both say of one person. */
  other: HolidayContentInput.nullable(),
  sources: z.array(z.object({ sha256: z.string(), name: z.string(), bytes: Count, at: Instant })),
})
export type FilingPage = z.infer<typeof FilingPage>

export const SaveFilingDraftInput = z.strictObject({
  holiday: HolidayKeyText,
  content: HolidayContentInput,
  sourceSha256: FileHash.nullable(),
})
export type SaveFilingDraftInput = z.infer<typeof SaveFilingDraftInput>
export const FilingDraftSaved = z.object({ at: Instant })
export type FilingDraftSaved = z.infer<typeof FilingDraftSaved>

export const SubmitFilingInput = SaveFilingDraftInput.extend({
  /** The reader was shown the warnings and files all the same. */
  acceptsWarnings: z.boolean(),
  /** Versions the reader has seen; 0 = none. */
  versions: z.int().min(0).max(100_000),
  /** Why it is corrected; only then. */
  reason: Words.trim().min(2).max(500).nullable(),
})
export type SubmitFilingInput = z.infer<typeof SubmitFilingInput>

export const SeeRemindersInput = z.strictObject({
  reminderIds: z
    .array(z.uuid().regex(/^[0-9a-f-]+$/))
    .min(1)
    .max(100),
})
export type SeeRemindersInput = z.infer<typeof SeeRemindersInput>

const FilingStateKey = z.enum(FILING_STATES)
export const FilingListInput = z.strictObject({
  holiday: HolidayKeyText,
  state: FilingStateKey.optional(),
  cursor: z.string().max(200).optional(),
})
export type FilingListInput = z.infer<typeof FilingListInput>
export const FilingListItem = z.object({
  unitCode: z.string(),
  unitName: z.string(),
  state: FilingStateKey,
  forms: z.array(
    z.object({
      form: FilingFormKey,
      /** null = not owed. */
      outcome: OutcomeKey.nullable(),
      receivedAt: Instant.nullable(),
      /** With content; 0 = put on record by a file of the office, or not at all. */
      versions: Count,
    }),
  ),
  remindedAt: Instant.nullable(),
  reminderSeenAt: Instant.nullable(),
})
export type FilingListItem = z.infer<typeof FilingListItem>
/** How the units one level below the reader's office stand with a holiday's forms. */
export const FilingList = z.object({
  asOf: Instant,
  holiday: z.string(),
  firstDayOff: PlainDateText,
  lastDayOff: PlainDateText,
  dueOn: PlainDateText,
  isProvisional: z.boolean(),
  quarter: QuarterText,
  counts: z.record(FilingStateKey, Count),
  items: z.array(FilingListItem),
  nextCursor: z.string().nullable(),
  mayRemind: z.boolean(),
})
export type FilingList = z.infer<typeof FilingList>

export const FilingHolidays = z.object({
  today: PlainDateText,
  /** The latest due first. */
  holidays: z.array(
    z.object({ holiday: z.string(), firstDayOff: PlainDateText, lastDayOff: PlainDateText, dueOn: PlainDateText }),
  ),
  /** The next to come due, or the last; null = none is announced. */
  current: z.string().nullable(),
  unannouncedYears: z.array(z.int()),
})
export type FilingHolidays = z.infer<typeof FilingHolidays>

export const RemindFilingInput = z.strictObject({
  holiday: HolidayKeyText,
  /** Missing = every unit below from which a form is not there. */
  unitCode: UnitCode.optional(),
})
export type RemindFilingInput = z.infer<typeof RemindFilingInput>
export const FilingReminded = z.object({ reminded: Count })
export type FilingReminded = z.infer<typeof FilingReminded>
