import { OBLIGATION_KINDS, OBLIGATION_SORTS, REOPENING_REASON_MAX, REOPENING_REASON_MIN } from '@zhidu/domain'
import { z } from 'zod'
import {
  CategoryKey,
  Count,
  Instant,
  LevelKey,
  OutcomeKey,
  PreReportState,
  Provenance,
  QuarterText,
  StageKey,
  TimelinessCounts,
} from './values.ts'

export const ObligationKindKey = z.enum(OBLIGATION_KINDS)
export const ObligationSortKey = z.enum(OBLIGATION_SORTS)

const Filter = {
  quarter: QuarterText,
  /** Missing = now. */
  asOf: Instant.optional(),
  unitCode: z.string().max(100).optional(),
  kind: ObligationKindKey.optional(),
  outcome: OutcomeKey.optional(),
  level: LevelKey.optional(),
}
export const ObligationListInput = z.strictObject({
  ...Filter,
  /** Those with a pre-report, those re-opened; missing = all. */
  preReported: z.literal(true).optional(),
  reopened: z.literal(true).optional(),
  sort: ObligationSortKey.optional(),
  cursor: z.string().max(400).optional(),
})
export type ObligationListInput = z.infer<typeof ObligationListInput>

/** The same in an address, for the download. */
export const ObligationExportInput = z.strictObject({
  ...Filter,
  preReported: z.literal('true').optional(),
  reopened: z.literal('true').optional(),
  sort: ObligationSortKey.optional(),
  lang: z.string().max(20).optional(),
})

/** A pre-report with reasons. `granted`: the rules give time for it and it came in time; else the limit stays. */
export const PreReportView = z.object({
  sentAt: Instant,
  reason: z.string(),
  state: PreReportState,
  until: Instant.nullable(),
})

export const ReopeningView = z.object({
  reopenedAt: Instant,
  reopenedBy: z.string(),
  until: Instant,
  reason: z.string(),
})

/** Something owed, as it stands. Instants are exact to the second. */
export const ObligationItem = z.object({
  unitCode: z.string(),
  unitName: z.string(),
  /** The unit is no more on the last day of the quarter. */
  isUnitClosed: z.boolean(),
  quarter: QuarterText,
  kind: ObligationKindKey,
  /** event_code, or `HOLIDAY/FORM` of a form. */
  ref: z.string(),
  level: LevelKey.nullable(),
  category: CategoryKey.nullable(),
  arisesAt: Instant,
  /** By the rules alone. */
  ruleDueAt: Instant,
  /** The limit that counts. */
  dueAt: Instant,
  metAt: Instant.nullable(),
  outcome: OutcomeKey,
  /** Whole seconds over the limit; null unless late. */
  lateSeconds: z.int().nullable(),
  /** Until the limit, or since it (negative), while it is not met; null once it is. */
  secondsLeft: z.int().nullable(),
  preReport: PreReportState.nullable(),
  isReopened: z.boolean(),
})
export type ObligationItem = z.infer<typeof ObligationItem>

export const ObligationList = z.object({
  quarter: QuarterText,
  provenance: Provenance,
  /** Of what passes the filter, whatever outcome is asked for. */
  totals: TimelinessCounts,
  /** How many pass the filter, the outcome asked for included. */
  total: Count,
  /** False while what is owed is being written anew by changed rules or holidays. */
  isAligned: z.boolean(),
  items: z.array(ObligationItem),
  nextCursor: z.string().nullable(),
})
export type ObligationList = z.infer<typeof ObligationList>

export const MILESTONE_KINDS = ['arises', 'pre_reported', 'due', 'grace', 'closed', 'reopened', 'met'] as const
export const MilestoneView = z.object({
  kind: z.enum(MILESTONE_KINDS),
  at: Instant,
  /** True for limits after the moment asked about. */
  isAhead: z.boolean(),
  /** New end: of a pre-report, of a re-opening. */
  until: Instant.nullable(),
  grace: z.enum(['pre_report', 'supplement']).nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  outcome: OutcomeKey.nullable(),
})
export type MilestoneView = z.infer<typeof MilestoneView>

/** A version of what was owed. */
export const ObligationVersion = z.object({
  dueAt: Instant,
  regulationVersion: z.string(),
  clause: z.string(),
  cause: z.enum(['arose', 'corrected', 'rules', 'calendar', 'unit']),
  recordedAt: Instant,
  /** null = it stands. */
  replacedAt: Instant.nullable(),
  replacedCause: z.enum(['corrected', 'rules', 'calendar', 'unit']).nullable(),
})

/** One obligation with its timeline. */
export const ObligationTimeline = ObligationItem.extend({
  clause: z.object({ label: z.string(), citation: z.string() }),
  preReportDetail: PreReportView.nullable(),
  reopenings: z.array(ReopeningView),
  milestones: z.array(MilestoneView),
  versions: z.array(ObligationVersion),
  /** Why the asker may not re-open it; null = it may. */
  reopenRefusal: z.enum(['role', 'not_below', 'frozen', 'on_time']).nullable(),
})
export type ObligationTimeline = z.infer<typeof ObligationTimeline>

const ObligationKey = {
  quarter: QuarterText,
  unitCode: z.string().min(1).max(100),
  kind: ObligationKindKey,
  ref: z.string().min(1).max(200),
}
export const ObligationInput = z.strictObject({ ...ObligationKey, asOf: Instant.optional() })
export type ObligationInput = z.infer<typeof ObligationInput>
export const ObligationPage = z.object({ provenance: Provenance, obligation: ObligationTimeline })
export type ObligationPage = z.infer<typeof ObligationPage>

export const ReopenInput = z.strictObject({
  ...ObligationKey,
  /** The last instant on time, to the minute. */
  until: Instant.refine((text) => Date.parse(text) % 60_000 === 0),
  reason: z.string().trim().min(REOPENING_REASON_MIN).max(REOPENING_REASON_MAX),
})
export type ReopenInput = z.infer<typeof ReopenInput>

export const CLOCKS = ['occurred', 'learned', 'phoned', 'written', 'received'] as const
/** `own`: the unit sent it. `superior`: somebody above it. `system`: recorded by this server. `machine`: a command at it. `other_system`: by a key. */
export const CLOCK_SOURCES = ['system', 'other_system', 'office_record', 'superior', 'machine', 'own'] as const
/** A = recorded by a machine … D = claimed by the unit itself. */
export const CLOCK_GRADES = ['A', 'B', 'C', 'D'] as const

/** Who brought a version, as far as the asker may know. */
const Sender = {
  source: z.enum(CLOCK_SOURCES),
  /** null = a command at the machine, or somebody out of the asker's reach. */
  by: z.string().nullable(),
  fileName: z.string().nullable(),
}

export const ClockReading = z.object({
  clock: z.enum(CLOCKS),
  /** null = not given. */
  at: Instant.nullable(),
  /** When this installation got it. */
  recordedAt: Instant.nullable(),
  grade: z.enum(CLOCK_GRADES).nullable(),
  ...Sender,
})
export type ClockReading = z.infer<typeof ClockReading>

export const TRAIL_FIELDS = [
  'category',
  'level',
  'occurredAt',
  'learnedAt',
  'phonedAt',
  'writtenAt',
  'elements',
] as const
export const ReportVersion = z.object({
  recordedAt: Instant,
  ...Sender,
  /** Against the version before; empty for the first. Keys and instants as text; elements joined by `;`. */
  changes: z.array(z.object({ field: z.enum(TRAIL_FIELDS), from: z.string().nullable(), to: z.string().nullable() })),
})
export const ReportTrail = z.object({
  stage: StageKey,
  sequence: Count,
  /** Oldest first; the last one is in effect. */
  versions: z.array(ReportVersion),
})
export type ReportTrail = z.infer<typeof ReportTrail>

/** What is known of an event of a unit besides how it was judged. */
export const EventRecord = z.object({
  unitCode: z.string(),
  clocks: z.array(ClockReading),
  /** Seconds from writing to receipt by the server; null where either is missing. A hint, never a verdict. */
  receiptLagSeconds: z.int().nullable(),
  trail: z.array(ReportTrail),
  obligations: z.array(ObligationTimeline),
})
export type EventRecord = z.infer<typeof EventRecord>
