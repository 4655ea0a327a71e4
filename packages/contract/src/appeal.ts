import { APPEAL_STATES, APPEAL_STEPS } from '@zhidu/domain'
import { z } from 'zod'
import { AssessmentStageKey } from './assessment.ts'
import { FileHash } from './inspection-document.ts'
import { CASE_FILE_LIMITS, CaseFile, CasePartyKey, LampKey } from './supervision-case.ts'
import { Count, DeductionCodeKey, DimensionKey, Instant, Points, QuarterText } from './values.ts'

const Words = z
  .string()
  .refine((text) => !/[\p{Surrogate}\0]/u.test(text))
  .trim()
const Account = Words.min(2).max(4_000)
const Reason = Words.min(4).max(2_000)
const Day = z.iso.date()
const AppealId = z.uuid().regex(/^[0-9a-f-]+$/)
const Files = z.array(FileHash).max(CASE_FILE_LIMITS.files)

export const AppealStateKey = z.enum(APPEAL_STATES)
export const AppealStepKey = z.enum(APPEAL_STEPS)

/** That a deduction of an event or check is appealed, or was taken back. */
export const DeductionAppeal = z.object({
  appealId: AppealId,
  unitCode: z.string(),
  code: DeductionCodeKey,
  /** Of the deduction. */
  at: Instant,
  /** Upheld; else the appeal is open. */
  isWaived: z.boolean(),
})
export type DeductionAppeal = z.infer<typeof DeductionAppeal>

export const AppealItem = z.object({
  appealId: AppealId,
  unitCode: z.string(),
  unitName: z.string(),
  officeCode: z.string(),
  quarter: QuarterText,
  ref: z.string(),
  code: DeductionCodeKey,
  /** Of the deduction. */
  at: Instant,
  dimension: DimensionKey,
  clause: z.string(),
  points: Points,
  state: AppealStateKey,
  /** For handing in; null = no draft is out, or it cannot be said. */
  lastDay: Day.nullable(),
  /** Of a text that was not handed in. */
  lamp: LampKey,
  isMine: z.boolean(),
})
export type AppealItem = z.infer<typeof AppealItem>

/** `waiting`: for the reader's own unit or office; `open`: not decided. */
export const APPEAL_VIEWS = ['waiting', 'open', 'all'] as const
export const AppealListInput = z.strictObject({
  view: z.enum(APPEAL_VIEWS),
  quarter: QuarterText.optional(),
  state: AppealStateKey.optional(),
  unitCode: z.string().min(1).max(100).optional(),
  cursor: z.string().max(200).optional(),
})
export type AppealListInput = z.infer<typeof AppealListInput>

/** Card: docs/indicators/overturned.md */
export const OverturnedRow = z.object({
  code: DeductionCodeKey,
  clause: z.string(),
  appealed: Count,
  decided: Count,
  upheld: Count,
  /** 95 %, of upheld in decided; null = none decided. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
})
export type OverturnedRow = z.infer<typeof OverturnedRow>

export const AppealList = z.object({
  asOf: Instant,
  /** Whatever the filter, all in reach. */
  counts: z.record(AppealStateKey, Count),
  waiting: Count,
  items: z.array(AppealItem),
  overturned: z.array(OverturnedRow),
  nextCursor: z.string().nullable(),
})
export type AppealList = z.infer<typeof AppealList>

export const AppealKey = z.strictObject({ appealId: AppealId })
export type AppealKey = z.infer<typeof AppealKey>

export const APPEAL_BARRIERS = [
  'role',
  'not_now',
  'not_open',
  'too_late',
  'deduction_gone',
  'found_it',
  'decided_case',
] as const

export const AppealPage = z.object({
  item: AppealItem,
  asOf: Instant,
  /** The quarter still has the deduction. */
  hasDeduction: z.boolean(),
  /** Of all, also those that are not told to the reader. */
  stepCount: Count,
  steps: z.array(
    z.object({
      kind: AppealStepKey,
      party: CasePartyKey,
      at: Instant,
      by: z.string(),
      note: z.string().nullable(),
      files: z.array(CaseFile),
    }),
  ),
  next: z.array(z.object({ kind: AppealStepKey, barredBy: z.enum(APPEAL_BARRIERS).nullable() })),
  /** What the unit brought and has not handed in; told to the unit alone. */
  drafts: z.array(CaseFile),
})
export type AppealPage = z.infer<typeof AppealPage>

/** 申诉: begins one against a deduction of the own unit, as the league table lists it. */
export const BeginAppealInput = z.strictObject({
  quarter: QuarterText,
  ref: z.string().min(1).max(200),
  code: DeductionCodeKey,
  at: Instant,
  note: Account,
})
export type BeginAppealInput = z.infer<typeof BeginAppealInput>

const About = { appealId: AppealId, steps: z.int().min(0).max(10_000) }
export const AnswerAppealInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...About, kind: z.literal('kept'), note: Account, files: Files }),
  z.strictObject({ ...About, kind: z.literal('submitted'), note: Account, files: Files }),
  z.strictObject({ ...About, kind: z.literal('withdrawn') }),
])
export type AnswerAppealInput = z.infer<typeof AnswerAppealInput>

export const DecideAppealInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...About, kind: z.literal('accepted') }),
  z.strictObject({ ...About, kind: z.literal('upheld'), note: Reason }),
  z.strictObject({ ...About, kind: z.literal('rejected'), note: Reason }),
])
export type DecideAppealInput = z.infer<typeof DecideAppealInput>

export const AppealNoticeInput = z.strictObject({ quarter: QuarterText, unitCode: z.string().min(1).max(100) })
export type AppealNoticeInput = z.infer<typeof AppealNoticeInput>

/** 征求意见稿: what a unit is told of its quarter's assessment. */
export const AppealNotice = z.object({
  asOf: Instant,
  stage: AssessmentStageKey,
  lastDay: Day.nullable(),
  notAnnounced: z.int().nullable(),
  daysLeft: z.int().nullable(),
  lamp: LampKey,
  /** The reader is of the unit, and the draft is out within its days. */
  mayAppeal: z.boolean(),
  appeals: z.array(AppealItem),
})
export type AppealNotice = z.infer<typeof AppealNotice>
