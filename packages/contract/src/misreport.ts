import { CASUALTY_FIGURES, MISREPORT_SOURCES, MISREPORT_STATES, MISREPORT_STEPS, STAGES } from '@zhidu/domain'
import { z } from 'zod'
import { FileHash } from './inspection-document.ts'
import { CASE_FILE_LIMITS, CaseFile, CasePartyKey, LampKey } from './supervision-case.ts'
import { Count, Instant, LevelKey, MisreportKindKey, Points, StageKey } from './values.ts'

const Words = z
  .string()
  .refine((text) => !/[\p{Surrogate}\0]/u.test(text))
  .trim()
const Reason = Words.min(2).max(500)
const Account = Words.min(2).max(4_000)
const Day = z.iso.date()
const CaseId = z.uuid().regex(/^[0-9a-f-]+$/)
const Files = z.array(FileHash).max(CASE_FILE_LIMITS.files)

export const MisreportStateKey = z.enum(MISREPORT_STATES)
export const MisreportStepKey = z.enum(MISREPORT_STEPS)
export const MisreportSourceKey = z.enum(MISREPORT_SOURCES)

const Persons = z.int().min(0).max(1_000_000).nullable()
const Casualties = Object.fromEntries(CASUALTY_FIGURES.map((figure) => [figure, Persons])) as Record<
  (typeof CASUALTY_FIGURES)[number],
  typeof Persons
>
export const MISREPORT_LIMITS = { statements: 40 } as const
/** What the unit reported when, and what is true; null = not said, and not known. */
export const MisreportFigures = z.strictObject({
  statements: z
    .array(z.strictObject({ at: Instant, stage: z.enum(STAGES).nullable(), ...Casualties }))
    .max(MISREPORT_LIMITS.statements),
  found: z.strictObject(Casualties).nullable(),
})
export type MisreportFigures = z.infer<typeof MisreportFigures>

export const MisreportCaseItem = z.object({
  caseId: z.uuid(),
  caseCode: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  officeCode: z.string(),
  officeName: z.string(),
  /** As what it was opened; once confirmed, as what it was. */
  kind: MisreportKindKey,
  eventCode: z.string().nullable(),
  source: MisreportSourceKey,
  superiorAt: Instant,
  openedAt: Instant,
  state: MisreportStateKey,
  turn: CasePartyKey.nullable(),
  /** For the unit's explanation; null = none runs, or it cannot be said. */
  lastDay: Day.nullable(),
  notAnnounced: z.int().nullable(),
  daysLeft: z.int().nullable(),
  lamp: LampKey,
  isReceived: z.boolean(),
  isMine: z.boolean(),
})
export type MisreportCaseItem = z.infer<typeof MisreportCaseItem>

export const MISREPORT_VIEWS = ['waiting', 'open', 'over', 'all'] as const
export const MisreportListInput = z.strictObject({
  view: z.enum(MISREPORT_VIEWS),
  kind: MisreportKindKey.optional(),
  unitCode: z.string().min(1).max(100).optional(),
  eventCode: z.string().min(1).max(100).optional(),
  cursor: z.string().max(200).optional(),
})
export type MisreportListInput = z.infer<typeof MisreportListInput>

export const MisreportList = z.object({
  asOf: Instant,
  /** Whatever the filter, all in reach. */
  counts: z.object({ states: z.record(MisreportStateKey, Count), waiting: Count }),
  mayOpen: z.boolean(),
  items: z.array(MisreportCaseItem),
  nextCursor: z.string().nullable(),
})
export type MisreportList = z.infer<typeof MisreportList>

export const MisreportsWaiting = z.object({ asOf: Instant, waiting: Count })
export type MisreportsWaiting = z.infer<typeof MisreportsWaiting>

export const MisreportKey = z.strictObject({ caseId: CaseId })
export type MisreportKey = z.infer<typeof MisreportKey>

const MisreportCaseStep = z.object({
  kind: MisreportStepKey,
  party: CasePartyKey,
  at: Instant,
  by: z.string(),
  note: z.string().nullable(),
  lastDay: Day.nullable(),
  notAnnounced: z.int().nullable(),
  workingDays: z.int().nullable(),
  files: z.array(CaseFile),
  confirmedAs: MisreportKindKey.nullable(),
  sharePercent: z.int().nullable(),
  isAgainstRule: z.boolean(),
})

export const MISREPORT_BARRIERS = [
  'role',
  'not_now',
  'waits_for_explanation',
  'explained_late',
  'opener_decides',
  'same_person',
  'third_person',
] as const

/** What a rule makes of the figures; `verdict` null = the rules say nothing of it. */
const RuleSays = z.object({
  verdict: z
    .enum(['within', 'corrected', 'beyond', 'honest', 'too_late', 'superior_first', 'none', 'cannot_tell'])
    .nullable(),
  clauseLabel: z.string().nullable(),
  correctedAt: Instant.nullable(),
  /** What may count of the points; null = all. */
  sharePercent: z.int().nullable(),
})
export type RuleSays = z.infer<typeof RuleSays>

export const MisreportCasePage = z.object({
  item: MisreportCaseItem,
  asOf: Instant,
  openedAs: MisreportKindKey,
  regulation: z.object({ id: z.string(), version: z.string(), title: z.string(), notice: z.string().nullable() }),
  /** What each kind costs this unit, and by which clause; null = nothing. */
  costs: z.array(z.object({ kind: MisreportKindKey, points: Points, clauseLabel: z.string() })),
  figures: MisreportFigures.nullable(),
  /** The unit's reports of the event, in their order. */
  reports: z.array(
    z.object({ stage: StageKey, sequence: Count, level: LevelKey, at: Instant.nullable(), learnedAt: Instant }),
  ),
  tolerance: RuleSays,
  correction: RuleSays,
  steps: z.array(MisreportCaseStep),
  next: z.array(z.object({ kind: MisreportStepKey, barredBy: z.enum(MISREPORT_BARRIERS).nullable() })),
  explanationWorkingDays: z.int(),
  /** Brought by the reader's side and not handed in yet. */
  drafts: z.array(CaseFile),
})
export type MisreportCasePage = z.infer<typeof MisreportCasePage>

export const OpenMisreportInput = z.strictObject({
  unitCode: z.string().min(1).max(100),
  kind: MisreportKindKey,
  eventCode: z.string().min(1).max(100).nullable(),
  source: MisreportSourceKey,
  superiorAt: Instant,
  note: Account,
  figures: MisreportFigures.nullable(),
})
export type OpenMisreportInput = z.infer<typeof OpenMisreportInput>
export const OpenedMisreport = z.object({ caseId: z.uuid(), caseCode: z.string() })
export type OpenedMisreport = z.infer<typeof OpenedMisreport>

/** `steps`: how many the reader has seen; somebody else's since are not written over. */
const About = { caseId: CaseId, steps: z.int().min(0).max(10_000) }

export const HandleMisreportInput = z.discriminatedUnion('kind', [
  z.strictObject({
    ...About,
    kind: z.literal('supplemented'),
    note: Account,
    files: Files,
    figures: MisreportFigures.nullable(),
  }),
  z.strictObject({ ...About, kind: z.literal('notified') }),
  /** `isReduced`: what the rule of honest correction leaves counts, and not all of it. */
  z.strictObject({
    ...About,
    kind: z.literal('confirmed'),
    as: MisreportKindKey,
    isReduced: z.boolean(),
    note: Reason,
  }),
  z.strictObject({ ...About, kind: z.literal('dismissed'), note: Reason }),
  z.strictObject({ ...About, kind: z.literal('countersigned'), note: Reason.nullable() }),
  z.strictObject({ ...About, kind: z.literal('declined'), note: Reason }),
])
export type HandleMisreportInput = z.infer<typeof HandleMisreportInput>

export const AnswerMisreportInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...About, kind: z.literal('received') }),
  z.strictObject({ ...About, kind: z.literal('explained'), note: Account, files: Files }),
])
export type AnswerMisreportInput = z.infer<typeof AnswerMisreportInput>

/** The basis of a confirmed misreport, as it stands on record and in the list of deductions. */
export function misreportBasis(about: {
  readonly clauseLabel: string | null
  readonly caseCode: string
  readonly sharePercent: number | null
  readonly correctionLabel: string | null
}): string {
  const { caseCode, clauseLabel, correctionLabel, sharePercent } = about
  const by = clauseLabel === null ? '' : `依据${clauseLabel}，`
  const share =
    sharePercent === null
      ? ''
      : `；主动更正${correctionLabel === null ? '' : `（${correctionLabel}）`}，${sharePercent === 0 ? '不扣分' : `按 ${sharePercent}% 扣分`}`
  return `${by}案号 ${caseCode}${share}`
}
