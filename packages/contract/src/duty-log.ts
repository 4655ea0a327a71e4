import { LOG_KINDS, LOG_OUTCOMES, LOG_SOURCES, LOG_STATES, LOG_STEPS } from '@zhidu/domain'
import { z } from 'zod'
import { Count, DayText, Instant, QuarterText } from './values.ts'

const Words = z
  .string()
  .refine((text) => !/[\p{Surrogate}\0]/u.test(text))
  .trim()
const Note = Words.min(2).max(500)
const Name = Words.min(1).max(64)
export const LOG_LIMITS = { content: 2_000, days: 92 } as const
const Content = Words.min(2).max(LOG_LIMITS.content)
const EntryId = z.uuid().regex(/^[0-9a-f-]+$/)
const UnitCode = z.string().min(1).max(100)
const Code = z.string().trim().min(1).max(100)

export const LogSourceKey = z.enum(LOG_SOURCES)
export const LogKindKey = z.enum(LOG_KINDS)
export const LogOutcomeKey = z.enum(LOG_OUTCOMES)
export const LogStateKey = z.enum(LOG_STATES)
export const LogStepKey = z.enum(LOG_STEPS)

/** One line of the log; names and numbers are masked. */
export const LogItem = z.object({
  entryId: z.uuid(),
  entryCode: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  number: z.int().positive(),
  source: LogSourceKey,
  kind: LogKindKey,
  callerUnit: z.string().nullable(),
  callerName: z.string().nullable(),
  callerPhone: z.string().nullable(),
  /** When it happened, as the entry says, and when the server wrote it. */
  receivedAt: Instant,
  writtenAt: Instant,
  /** 补记: whole hours between the two; null = in time. */
  lateHours: z.int().positive().nullable(),
  /** Of the device that wrote it, minutes ahead of the server, negative = behind; null = no difference worth a word. */
  clockAheadMinutes: z.int().nullable(),
  /** The last correction, else as it was written. */
  content: z.string(),
  isCorrected: z.boolean(),
  officer: z.string().nullable(),
  writtenBy: z.string(),
  eventCode: z.string().nullable(),
  leadCode: z.string().nullable(),
  state: LogStateKey,
  outcome: LogOutcomeKey.nullable(),
  /** What was last said of it; null = nothing yet. */
  lastNote: z.string().nullable(),
  closedAt: Instant.nullable(),
  /** Whole hours it has been on the list since it was written; null = it is not. */
  openHours: Count.nullable(),
  /** How often it was handed over to the next shift. */
  handedOver: Count,
  /** Open longer than the rules allow; null = the rules set no limit. */
  isOverLimit: z.boolean().nullable(),
})
export type LogItem = z.infer<typeof LogItem>

export const LOG_LIST_SORTS = ['newest', 'oldest'] as const
const LogFilterShape = {
  unitCode: UnitCode.optional(),
  state: LogStateKey.optional(),
  source: LogSourceKey.optional(),
  kind: LogKindKey.optional(),
  outcome: LogOutcomeKey.optional(),
  firstOn: DayText.optional(),
  lastOn: DayText.optional(),
  text: Words.min(1).max(100).optional(),
  late: z.enum(['late']).optional(),
  sort: z.enum(LOG_LIST_SORTS).optional(),
} as const
export const LogListInput = z.strictObject({ ...LogFilterShape, cursor: z.string().max(200).optional() })
export type LogListInput = z.infer<typeof LogListInput>
export const LogExportInput = z.strictObject({ ...LogFilterShape, lang: z.string().max(20).optional() })

export const LogList = z.object({
  asOf: Instant,
  /** Of the filter but for the state. */
  counts: z.object({ open: Count, closed: Count }),
  /** Hours the rules of the quarter give; null = they set no limit. */
  closeWithinHours: z.int().positive().nullable(),
  items: z.array(LogItem),
  nextCursor: z.string().nullable(),
})
export type LogList = z.infer<typeof LogList>

const OnDuty = z.object({
  person: z.string(),
  post: z.string().nullable(),
  startsAt: Instant,
  endsAt: Instant,
})

/** What somebody at the duty desk sees first. */
export const LogDesk = z.object({
  asOf: Instant,
  unitCode: z.string(),
  unitName: z.string(),
  day: z.iso.date(),
  /** By the roster as it is known now. */
  leaders: z.array(OnDuty),
  officers: z.array(OnDuty),
  leader: z.string().nullable(),
  weather: z.string().nullable(),
  /** True when the reader keeps this log. */
  mayKeep: z.boolean(),
  closeWithinHours: z.int().positive().nullable(),
  openCount: Count,
  /** Oldest first; no more than fifty. */
  open: z.array(LogItem),
  todayCount: Count,
  /** The change of shift to be handed over; null = the roster knows none about now. */
  nextChange: z
    .object({
      changeAt: Instant,
      handoverId: z.uuid().nullable(),
      state: z.enum(['pending', 'offered', 'done', 'left_over']),
      /** The next shift has begun and nobody has taken over. */
      isOverdue: z.boolean(),
      incoming: z.array(z.string()),
    })
    .nullable(),
})
export type LogDesk = z.infer<typeof LogDesk>
/** Missing = the reader's own unit. */
export const LogDeskInput = z.strictObject({ unitCode: UnitCode.optional() })
export type LogDeskInput = z.infer<typeof LogDeskInput>

const LogEntryStep = z.object({
  kind: LogStepKey,
  at: Instant,
  by: z.string(),
  note: z.string().nullable(),
  person: z.string().nullable(),
  outcome: LogOutcomeKey.nullable(),
  content: z.string().nullable(),
  handoverId: z.uuid().nullable(),
})

export const LogEntryPage = z.object({
  item: LogItem,
  asOf: Instant,
  /** As it was first written. */
  firstContent: z.string(),
  steps: z.array(LogEntryStep),
  /** What the reader may do with it. */
  next: z.array(LogStepKey),
  /** True when what the masks hide may be asked for here. */
  mayReveal: z.boolean(),
})
export type LogEntryPage = z.infer<typeof LogEntryPage>
export const LogEntryKey = z.strictObject({ entryId: EntryId })
export type LogEntryKey = z.infer<typeof LogEntryKey>

/** `receivedAt` null = now. `sentAt`: by the device's clock, so that a wrong one is said. */
export const WriteLogInput = z.strictObject({
  source: LogSourceKey,
  kind: LogKindKey,
  content: Content,
  callerUnit: Name.nullable(),
  callerName: Name.nullable(),
  callerPhone: Words.min(3).max(32).nullable(),
  receivedAt: Instant.nullable(),
  sentAt: Instant,
  eventCode: Code.nullable(),
  leadCode: Code.nullable(),
})
export type WriteLogInput = z.infer<typeof WriteLogInput>
export const WrittenLog = z.object({
  entryId: z.uuid(),
  entryCode: z.string(),
  writtenAt: Instant,
  lateHours: z.int().positive().nullable(),
  clockAheadMinutes: z.int().nullable(),
})
export type WrittenLog = z.infer<typeof WrittenLog>

/** `steps`: how many the reader has seen; somebody else's since are not written over. */
const About = { entryId: EntryId, steps: z.int().min(0).max(10_000) }
export const LogStepInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...About, kind: z.literal('instructed'), person: Name, note: Note }),
  z.strictObject({ ...About, kind: z.literal('disposed'), note: Note }),
  z.strictObject({ ...About, kind: z.literal('transferred'), person: Name, note: Note }),
  z.strictObject({ ...About, kind: z.literal('closed'), outcome: LogOutcomeKey, note: Note }),
  z.strictObject({ ...About, kind: z.literal('reopened'), note: Note }),
  z.strictObject({ ...About, kind: z.literal('corrected'), content: Content, note: Note }),
])
export type LogStepInput = z.infer<typeof LogStepInput>

/** What the masks hide of an entry. */
export const RevealedLog = z.object({
  callerName: z.string().nullable(),
  callerPhone: z.string().nullable(),
  content: z.string(),
})
export type RevealedLog = z.infer<typeof RevealedLog>

export const LogDayInput = z.strictObject({ unitCode: UnitCode, day: DayText })
export type LogDayInput = z.infer<typeof LogDayInput>
/** The page of a day, as it is printed. */
export const LogDayPage = z.object({
  asOf: Instant,
  unitCode: z.string(),
  unitName: z.string(),
  day: z.iso.date(),
  leader: z.string().nullable(),
  weather: z.string().nullable(),
  /** On duty some time of the day, by the roster as it is known now. */
  leaders: z.array(z.string()),
  officers: z.array(z.string()),
  items: z.array(LogItem),
})
export type LogDayPage = z.infer<typeof LogDayPage>
export const PutLogDayInput = z.strictObject({ day: DayText, leader: Name.nullable(), weather: Name.nullable() })
export type PutLogDayInput = z.infer<typeof PutLogDayInput>

export const LOG_WINDOWS = [7, 31] as const
export const LogUnitsInput = z.strictObject({ days: z.literal(LOG_WINDOWS) })
export type LogUnitsInput = z.infer<typeof LogUnitsInput>
/** How the units one level below keep their logs. */
export const LogUnits = z.object({
  asOf: Instant,
  days: z.array(z.iso.date()),
  units: z.array(
    z.object({
      unitCode: z.string(),
      unitName: z.string(),
      /** Entries of each of the days. A day without one is silent, and no fault. */
      counts: z.array(Count),
      openCount: Count,
      oldestAt: Instant.nullable(),
      oldestId: z.uuid().nullable(),
      oldestHours: Count.nullable(),
      /** Changes of shift of the days that nobody took over. */
      untakenCount: Count,
    }),
  ),
})
export type LogUnits = z.infer<typeof LogUnits>

/** Card: docs/indicators/log-closure.md */
export const LogClosureShares = z.object({
  entryCount: Count,
  closedCount: Count,
  openCount: Count,
  oldestOpenAt: Instant.nullable(),
  medianSeconds: Count.nullable(),
  slowestTenthSeconds: Count.nullable(),
  /** null = the rules set no limit. */
  withinLimit: z.object({ part: Count, whole: Count }).nullable(),
  /** 95 %, Wilson; null = nothing is decided, or no limit. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
})
export type LogClosureShares = z.infer<typeof LogClosureShares>
export const LogClosureInput = z.strictObject({ quarter: QuarterText, unitCode: UnitCode.optional() })
export type LogClosureInput = z.infer<typeof LogClosureInput>
export const LogClosureTable = z.object({
  quarter: QuarterText,
  asOf: Instant,
  regulation: z.object({ id: z.string(), version: z.string(), title: z.string(), notice: z.string().nullable() }),
  closeWithinHours: z.int().positive().nullable(),
  total: LogClosureShares,
  /** Every unit in reach, or the one that was asked about. */
  units: z.array(LogClosureShares.extend({ unitCode: z.string(), unitName: z.string() })),
})
export type LogClosureTable = z.infer<typeof LogClosureTable>
