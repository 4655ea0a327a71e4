import { CASE_STATES, CASE_STEPS, ESCALATIONS, LAMPS } from '@zhidu/domain'
import { z } from 'zod'
import { EVIDENCE_TYPES, FileHash, INSPECTION_LIMITS, InspectionId } from './inspection-document.ts'
import { FileReceipt } from './inspection.ts'
import { Count, DayText, FindingKey, Instant, Points, QuarterText } from './values.ts'

const Words = z
  .string()
  .refine((text) => !/[\p{Surrogate}\0]/u.test(text))
  .trim()
const Reason = Words.min(2).max(500)
/** Explanations and reports of units. */
const Account = Words.min(2).max(4_000)
const Day = z.iso.date()
const CaseId = z.uuid().regex(/^[0-9a-f-]+$/)

export const CaseStateKey = z.enum(CASE_STATES)
export const CaseStepKey = z.enum(CASE_STEPS)
export const LampKey = z.enum(LAMPS)
export const EscalationKey = z.enum(ESCALATIONS)
export const CasePartyKey = z.enum(['unit', 'office'])

/** Evidence of a unit: what an inspector may bring, and written statements. */
export const CASE_FILE_TYPES = [...EVIDENCE_TYPES, 'application/pdf'] as const
export const CASE_FILE_LIMITS = {
  /** Pictures and documents. */
  fileBytes: INSPECTION_LIMITS.photoBytes,
  recordingBytes: INSPECTION_LIMITS.recordingBytes,
  files: INSPECTION_LIMITS.files,
  filesBytes: INSPECTION_LIMITS.filesBytes,
} as const
const Files = z.array(FileHash).max(CASE_FILE_LIMITS.files)

export const SupervisionCaseItem = z.object({
  caseId: z.uuid(),
  inspectionId: InspectionId,
  checkCode: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  officeCode: z.string(),
  officeName: z.string(),
  finding: FindingKey,
  foundAt: Instant,
  state: CaseStateKey,
  /** Whose turn it is; null = nobody's. */
  turn: CasePartyKey.nullable(),
  /** For the unit's turn; null = none runs, or it cannot be said. */
  lastDay: Day.nullable(),
  /** Why it cannot: the year without a notice of holidays. */
  notAnnounced: z.int().nullable(),
  /** Calendar days to the end of the last day, negative = over; null = no last day. */
  daysLeft: z.int().nullable(),
  lamp: LampKey,
  isReceived: z.boolean(),
  escalation: EscalationKey.nullable(),
  returns: Count,
  /** Who of the unit puts it right; null = not ordered. */
  owner: z.string().nullable(),
  /** True when the reader's unit or office is to act. */
  isMine: z.boolean(),
})
export type SupervisionCaseItem = z.infer<typeof SupervisionCaseItem>

/** `waiting`: for the reader's own unit or office; `open`: neither struck off nor dismissed. */
export const CASE_VIEWS = ['waiting', 'open', 'all'] as const
export const SupervisionCaseListInput = z.strictObject({
  view: z.enum(CASE_VIEWS),
  state: CaseStateKey.optional(),
  lamp: LampKey.optional(),
  finding: FindingKey.optional(),
  unitCode: z.string().min(1).max(100).optional(),
  cursor: z.string().max(200).optional(),
})
export type SupervisionCaseListInput = z.infer<typeof SupervisionCaseListInput>

export const SupervisionCaseList = z.object({
  asOf: Instant,
  /** Whatever the filter, all in reach. */
  counts: z.object({
    states: z.record(CaseStateKey, Count),
    lamps: z.record(LampKey, Count),
    /** Of those, what waits for the reader's own unit or office. */
    waiting: Count,
  }),
  /** 待下发: checks of the reader's office with findings that nobody was told of; the reader may notify them in one step. */
  toNotify: z.object({ inspectionIds: z.array(InspectionId), findings: Count }),
  items: z.array(SupervisionCaseItem),
  nextCursor: z.string().nullable(),
})
export type SupervisionCaseList = z.infer<typeof SupervisionCaseList>

/** What waits for the reader: of the own unit or office. */
export const CasesWaiting = z.object({
  asOf: Instant,
  waiting: Count,
  /** The unit's turn, over its last day; of all in reach. */
  overdue: Count,
})
export type CasesWaiting = z.infer<typeof CasesWaiting>

export const SupervisionCaseKey = z.strictObject({ caseId: CaseId })
export type SupervisionCaseKey = z.infer<typeof SupervisionCaseKey>

export const CaseFile = FileReceipt.extend({ type: z.enum(CASE_FILE_TYPES), name: z.string() })
export type CaseFile = z.infer<typeof CaseFile>

export const SupervisionCaseStep = z.object({
  kind: CaseStepKey,
  party: CasePartyKey,
  at: Instant,
  by: z.string(),
  note: z.string().nullable(),
  lastDay: Day.nullable(),
  notAnnounced: z.int().nullable(),
  /** Of a notice. */
  workingDays: z.int().nullable(),
  owner: z.string().nullable(),
  escalation: EscalationKey.nullable(),
  files: z.array(CaseFile),
})
export type SupervisionCaseStep = z.infer<typeof SupervisionCaseStep>

/** Why a step that comes next is not the reader's to take. */
export const CASE_BARRIERS = [
  'role',
  'waits_for_explanation',
  'inspector_decides',
  'same_person',
  'ladder',
  'not_now',
  'files',
] as const

export const SupervisionCasePage = z.object({
  item: SupervisionCaseItem,
  asOf: Instant,
  regulation: z.object({ id: z.string(), version: z.string(), title: z.string(), notice: z.string().nullable() }),
  clause: z.string(),
  clauseLabel: z.string(),
  /** What it costs when confirmed; 0 = nothing. */
  points: Points,
  steps: z.array(SupervisionCaseStep),
  /** What comes next from the reader's side, and what bars the reader; null = nothing does. */
  next: z.array(z.object({ kind: CaseStepKey, barredBy: z.enum(CASE_BARRIERS).nullable() })),
  /** The next rung of the ladder; null = none. */
  nextEscalation: EscalationKey.nullable(),
  /** What a notice would give, or gave: working days to explain, of the rules. */
  explanationWorkingDays: z.int(),
  /** 回头看, told to the office alone: drawn and secret, its day has come, or made; null = none, or not told. */
  recheck: z
    .object({
      state: z.enum(['drawn', 'due', 'made']),
      /** Null before its day. */
      fromDay: Day.nullable(),
      dueAt: Instant.nullable(),
      inspectionId: InspectionId.nullable(),
    })
    .nullable(),
  /** The same found again after closing; null = it was not. */
  recurrence: z.object({ caseId: z.uuid(), foundAt: Instant }).nullable(),
  /** What the unit brought and has not handed in yet; told to the unit alone. */
  drafts: z.array(CaseFile),
})
export type SupervisionCasePage = z.infer<typeof SupervisionCasePage>

/** 下发通知: every finding of these checks that nobody was told of yet. */
export const NotifyCasesInput = z.strictObject({ inspectionIds: z.array(InspectionId).min(1).max(200) })
export type NotifyCasesInput = z.infer<typeof NotifyCasesInput>
export const NotifiedCases = z.object({ notified: Count })
export type NotifiedCases = z.infer<typeof NotifiedCases>

/** `steps`: how many the reader has seen; somebody else's since are not written over. */
const About = { caseId: CaseId, steps: z.int().min(0).max(10_000) }

/** What the office does. */
export const HandleCaseInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...About, kind: z.literal('confirmed'), note: Reason }),
  z.strictObject({ ...About, kind: z.literal('dismissed'), note: Reason }),
  /** 责令整改: who of the unit, until when, what. */
  z.strictObject({
    ...About,
    kind: z.literal('ordered'),
    note: Reason,
    owner: Words.min(2).max(64),
    lastDay: DayText,
  }),
  /** 退回: `lastDay` null = the day that was set still runs. */
  z.strictObject({ ...About, kind: z.literal('returned'), note: Reason, lastDay: DayText.nullable() }),
  z.strictObject({ ...About, kind: z.literal('closed'), note: Reason.nullable() }),
  z.strictObject({ ...About, kind: z.literal('struck_off'), note: Reason.nullable() }),
  z.strictObject({ ...About, kind: z.literal('escalated'), note: Reason, escalation: EscalationKey }),
])
export type HandleCaseInput = z.infer<typeof HandleCaseInput>

/** What the unit does. */
export const AnswerCaseInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...About, kind: z.literal('received') }),
  z.strictObject({ ...About, kind: z.literal('explained'), note: Account, files: Files }),
  z.strictObject({ ...About, kind: z.literal('submitted'), note: Account, files: Files }),
])
export type AnswerCaseInput = z.infer<typeof AnswerCaseInput>

/** Before its bytes are sent, in parts. */
export const AnnounceCaseFileInput = z.strictObject({
  caseId: CaseId,
  sha256: FileHash,
  type: z.enum(CASE_FILE_TYPES),
  bytes: z.int().min(1).max(CASE_FILE_LIMITS.recordingBytes),
  name: Words.min(1).max(200),
})
export type AnnounceCaseFileInput = z.infer<typeof AnnounceCaseFileInput>

/** Card: docs/indicators/closure.md */
export const ClosureShares = z.object({
  found: Count,
  dismissed: Count,
  confirmed: Count,
  closed: Count,
  recurred: Count,
  watched: Count,
})
export type ClosureShares = z.infer<typeof ClosureShares>
export const CaseClosureInput = z.strictObject({ quarter: QuarterText })
export type CaseClosureInput = z.infer<typeof CaseClosureInput>
export const CaseClosure = z.object({
  quarter: QuarterText,
  asOf: Instant,
  total: ClosureShares,
  units: z.array(ClosureShares.extend({ unitCode: z.string(), unitName: z.string() })),
  findings: z.array(ClosureShares.extend({ finding: FindingKey })),
})
export type CaseClosure = z.infer<typeof CaseClosure>
