import {
  DECISION_STATES,
  DECISION_STEPS,
  EVIDENCE_KINDS,
  LAMPS,
  MEETING_ITEM_KINDS,
  type MeetingItem as DomainItem,
  MEETING_SEATS,
  REPLY_KINDS,
} from '@zhidu/domain'
import { z } from 'zod'
import { IndicatorKey } from './indicator.ts'
import { FileHash } from './inspection-document.ts'
import { CASE_FILE_LIMITS, CaseFile } from './supervision-case.ts'
import { Count, DayText, DimensionKey, Instant, Points, QuarterText, RatioCounts } from './values.ts'

/** Half of a surrogate pair, and what is not text, have no place in a Word file. */
const Words = z
  .string()
  .refine((text) => !/\p{Surrogate}|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u.test(text))
  .trim()
const Reason = Words.min(2).max(500)
const Report = Words.min(2).max(4_000)
const UnitCode = z.string().min(1).max(100)
const MeetingId = z.uuid().regex(/^[0-9a-f-]+$/)
const Day = z.iso.date()

export const MeetingKey = z.strictObject({ meetingId: MeetingId })
export type MeetingKey = z.infer<typeof MeetingKey>

export const MeetingEvidence = z.strictObject({ kind: z.enum(EVIDENCE_KINDS), ref: Words.min(1).max(200) })

export const MeetingItem = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  kind: z.enum(MEETING_ITEM_KINDS),
  text: Words.max(4_000),
  unitCodes: z.array(UnitCode).max(200),
  evidence: z.array(MeetingEvidence).max(200),
}) satisfies z.ZodType<DomainItem>

export const MeetingDocument = z.strictObject({ items: z.array(MeetingItem).max(500) })

export const MeetingEdit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('replace'), paragraph: MeetingItem }),
  z.strictObject({ kind: z.literal('insert'), after: z.string().max(60).nullable(), paragraph: MeetingItem }),
  z.strictObject({ kind: z.literal('remove'), id: z.string().max(60) }),
])

export const MEETING_PARTS = ['agenda', 'minutes'] as const
export const MeetingPartKey = z.enum(MEETING_PARTS)
/** Minutes: none yet, written on, handed in, signed. */
export const MINUTES_STATES = ['none', 'draft', 'submitted', 'signed'] as const
export type MinutesState = (typeof MINUTES_STATES)[number]

export const MeetingListItem = z.object({
  meetingId: MeetingId,
  title: z.string(),
  quarter: QuarterText,
  /** null = drafted from the running quarter. */
  frozenVersion: z.int().nullable(),
  officeName: z.string(),
  /** False = of an office below. */
  isOwn: z.boolean(),
  /** null = nobody is invited yet. */
  heldAt: Instant.nullable(),
  minutes: z.enum(MINUTES_STATES),
  invited: Count,
  /** Units of which both seats answered. */
  answered: Count,
  decisions: Count,
  openDecisions: Count,
})
export type MeetingListItem = z.infer<typeof MeetingListItem>

export const MeetingList = z.object({
  asOf: Instant,
  items: z.array(MeetingListItem),
  /** Quarters an own meeting may be drafted from; `version` null = it runs. */
  toDraft: z.array(z.object({ quarter: QuarterText, version: z.int().nullable() })),
})
export type MeetingList = z.infer<typeof MeetingList>

export const CreateMeetingInput = z.strictObject({ quarter: QuarterText, title: Words.min(2).max(100) })
export type CreateMeetingInput = z.infer<typeof CreateMeetingInput>

export const MeetingRevisionKey = z.strictObject({ meetingId: MeetingId, revision: z.int().positive().max(100_000) })
export type MeetingRevisionKey = z.infer<typeof MeetingRevisionKey>

/** `revision`: what the edits were made in; it need not be the newest. */
export const SaveMeetingInput = MeetingRevisionKey.extend({
  part: MeetingPartKey,
  edits: z.array(MeetingEdit).min(1).max(500),
})
export type SaveMeetingInput = z.infer<typeof SaveMeetingInput>

export const MeetingNoteInput = MeetingRevisionKey.extend({ note: Reason })
export type MeetingNoteInput = z.infer<typeof MeetingNoteInput>

const SeatKey = z.enum(MEETING_SEATS)
export const SeatReply = z.object({
  seat: SeatKey,
  /** null = not answered. */
  kind: z.enum(REPLY_KINDS).nullable(),
  person: z.string().nullable(),
  substitute: z.string().nullable(),
  note: z.string().nullable(),
  at: Instant.nullable(),
  by: z.string().nullable(),
  /** Given after the last day. */
  isLate: z.boolean(),
})
export type SeatReply = z.infer<typeof SeatReply>

export const MeetingInvitation = z.object({
  meetingId: MeetingId,
  unitCode: z.string(),
  unitName: z.string(),
  officeName: z.string(),
  title: z.string(),
  quarter: QuarterText,
  /** From 1; more = it was postponed. */
  round: z.int(),
  heldAt: Instant,
  place: z.string(),
  answerBy: Day,
  /** Calendar days, negative = over. */
  daysLeft: z.int(),
  seats: z.array(SeatReply),
  reminders: z.array(z.object({ at: Instant, by: z.string() })),
})
export type MeetingInvitation = z.infer<typeof MeetingInvitation>

export const InviteInput = z.strictObject({
  meetingId: MeetingId,
  unitCodes: z.array(UnitCode).min(1).max(500),
  heldAt: Instant,
  place: Words.min(2).max(200),
  answerBy: DayText,
})
export type InviteInput = z.infer<typeof InviteInput>
export const RemindInput = z.strictObject({ meetingId: MeetingId })
export type RemindInput = z.infer<typeof RemindInput>
export const Reminded = z.object({ reminded: Count })
export type Reminded = z.infer<typeof Reminded>

const About = {
  meetingId: MeetingId,
  round: z.int().positive().max(1_000),
  seat: SeatKey,
  person: Words.min(2).max(64),
}
export const ReplyInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...About, kind: z.literal('attend') }),
  /** 请假: why, and who stands in, when somebody does. */
  z.strictObject({
    ...About,
    kind: z.literal('leave'),
    note: Reason,
    substitute: Words.min(2).max(64).nullable(),
  }),
  z.strictObject({ ...About, kind: z.literal('proxy'), substitute: Words.min(2).max(64) }),
])
export type ReplyInput = z.infer<typeof ReplyInput>

/** What became of an indicator since a meeting spoke of it. */
export const IndicatorChangeView = z.object({
  indicator: IndicatorKey,
  /** Quarter of the meeting, and the one it is held against. */
  from: QuarterText,
  to: QuarterText,
  before: RatioCounts,
  after: RatioCounts,
  difference: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  verdict: z.enum(['better', 'worse', 'cannot_tell', 'not_measured']),
})
export type IndicatorChangeView = z.infer<typeof IndicatorChangeView>

export const DecisionStepView = z.object({
  kind: z.enum(DECISION_STEPS),
  at: Instant,
  by: z.string(),
  note: z.string().nullable(),
  lastDay: Day.nullable(),
  files: z.array(CaseFile),
})
export const DECISION_BARRIERS = ['role', 'same_person'] as const
export const MeetingDecision = z.object({
  decisionId: z.uuid(),
  meetingId: MeetingId,
  title: z.string(),
  quarter: QuarterText,
  officeName: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  what: z.string(),
  report: z.string(),
  owner: z.string(),
  lastDay: Day,
  daysLeft: z.int(),
  lamp: z.enum(LAMPS),
  state: z.enum(DECISION_STATES),
  returns: Count,
  indicator: IndicatorKey.nullable(),
  at: Instant,
  by: z.string(),
  steps: z.array(DecisionStepView),
  /** What the reader's unit sent and has not reported with. */
  drafts: z.array(CaseFile),
  /** What comes next from the reader's side, and what bars the reader; null = nothing does. */
  next: z.array(z.object({ kind: z.enum(DECISION_STEPS), barredBy: z.enum(DECISION_BARRIERS).nullable() })),
})
export type MeetingDecision = z.infer<typeof MeetingDecision>

export const DecideInput = z.strictObject({
  meetingId: MeetingId,
  unitCode: UnitCode,
  what: Words.min(2).max(1_000),
  report: Words.min(2).max(500),
  owner: Words.min(2).max(64),
  lastDay: DayText,
  indicator: IndicatorKey.nullable(),
})
export type DecideInput = z.infer<typeof DecideInput>

const OfDecision = { decisionId: z.uuid().regex(/^[0-9a-f-]+$/), steps: z.int().min(0).max(10_000) }
/** What the unit does. `steps`: how many the reader has seen. */
export const AnswerDecisionInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...OfDecision, kind: z.literal('received') }),
  z.strictObject({
    ...OfDecision,
    kind: z.literal('reported'),
    note: Report,
    files: z.array(FileHash).max(CASE_FILE_LIMITS.files),
  }),
])
export type AnswerDecisionInput = z.infer<typeof AnswerDecisionInput>
/** What the office does. `returned`: `lastDay` null = the day that was set still runs. */
export const VerifyDecisionInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...OfDecision, kind: z.literal('returned'), note: Reason, lastDay: DayText.nullable() }),
  z.strictObject({ ...OfDecision, kind: z.literal('closed'), note: Reason.nullable() }),
])
export type VerifyDecisionInput = z.infer<typeof VerifyDecisionInput>

export const MeetingPage = z.object({
  item: MeetingListItem,
  asOf: Instant,
  /** What the agenda was drafted from. */
  draftedAt: Instant,
  factsAsOf: Instant,
  rules: z.string(),
  agenda: z.object({ revision: z.int(), document: MeetingDocument, changedAt: Instant, changedBy: z.string() }),
  minutes: z
    .object({ revision: z.int(), document: MeetingDocument, changedAt: Instant, changedBy: z.string() })
    .nullable(),
  /** True when the reader wrote a revision of the minutes, and so signs them not. */
  isAuthor: z.boolean(),
  steps: z.array(
    z.object({
      kind: z.enum(['submitted', 'returned', 'signed', 'corrected']),
      at: Instant,
      by: z.string(),
      note: z.string().nullable(),
    }),
  ),
  invitations: z.array(MeetingInvitation),
  decisions: z.array(MeetingDecision),
  /** Of earlier meetings of the same office, the open ones first; what became of the indicator they named. */
  earlier: z.array(z.object({ decision: MeetingDecision, change: IndicatorChangeView.nullable() })),
  /** Units one level below the office, in official order. */
  units: z.array(z.object({ unitCode: z.string(), name: z.string(), shortName: z.string().nullable() })),
})
export type MeetingPage = z.infer<typeof MeetingPage>

/** What a unit is asked: invitations, and decisions it is bound by. */
export const MeetingsOfUnit = z.object({
  asOf: Instant,
  invitations: z.array(MeetingInvitation),
  decisions: z.array(MeetingDecision),
})
export type MeetingsOfUnit = z.infer<typeof MeetingsOfUnit>

export const MeetingSheetInput = z.strictObject({ meetingId: MeetingId, unitCode: UnitCode })
export type MeetingSheetInput = z.infer<typeof MeetingSheetInput>

/** One page of one unit. */
export const MeetingSheet = z.object({
  meetingId: MeetingId,
  title: z.string(),
  quarter: QuarterText,
  asOf: Instant,
  rules: z.string(),
  version: z.int().nullable(),
  unitCode: z.string(),
  unitName: z.string(),
  group: z.string(),
  /** null = not measured. */
  score: Points.nullable(),
  rank: Count.nullable(),
  unitCount: Count,
  previousRank: Count.nullable(),
  rankRange: z.object({ low: Count, high: Count, level: z.number() }).nullable(),
  timeliness: RatioCounts,
  movement: z
    .object({
      kind: z.enum(['solid', 'hollow', 'grey']),
      direction: z.enum(['up', 'down', 'level']),
      before: RatioCounts,
      interval: z.object({ low: z.number(), high: z.number() }),
    })
    .nullable(),
  /** What it lost points by, the most first; `title` null = the rules word the dimension no other way. */
  lost: z.array(z.object({ dimension: DimensionKey, title: z.string().nullable(), points: Points })),
  findings: z.object({ open: Count, closed: Count, repeated: Count }),
  decisions: z.array(MeetingDecision),
})
export type MeetingSheet = z.infer<typeof MeetingSheet>
