import { ASSESSMENT_STAGES, ASSESSMENT_STEPS } from '@zhidu/domain'
import { z } from 'zod'
import { Count, Instant, QuarterText } from './values.ts'

const Words = z
  .string()
  .refine((text) => !/[\p{Surrogate}\0]/u.test(text))
  .trim()
const Day = z.iso.date()

export const AssessmentStageKey = z.enum(ASSESSMENT_STAGES)
export const AssessmentStepKey = z.enum(ASSESSMENT_STEPS)

export const AssessmentQuarterInput = z.strictObject({ quarter: QuarterText })
export type AssessmentQuarterInput = z.infer<typeof AssessmentQuarterInput>

/**
 * What may be missing before a step: findings, misreport cases and appeals not decided, checks whose files are on their way, rows refused on
 * import and not brought again, units of which nothing is known.
 */
export const ASSESSMENT_GAPS = ['findings', 'misreports', 'leads', 'appeals', 'files', 'refused', 'units'] as const

/** Why a step that comes next is not the reader's to take. */
export const ASSESSMENT_BARRIERS = [
  'role',
  'not_now',
  'quarter_running',
  'appeals_running',
  'appeals_open',
  'same_person',
  'both_decided',
] as const

export const AssessmentPage = z.object({
  quarter: QuarterText,
  asOf: Instant,
  officeCode: z.string(),
  officeName: z.string(),
  stage: AssessmentStageKey,
  /** For appeals; null = no draft is out, or it cannot be said. */
  lastDay: Day.nullable(),
  /** Why it cannot: the year without a notice of holidays. */
  notAnnounced: z.int().nullable(),
  daysLeft: z.int().nullable(),
  /** What a draft gives, by the rules. */
  appealWorkingDays: z.int(),
  openAppeals: Count,
  gaps: z.array(z.object({ key: z.enum(ASSESSMENT_GAPS), count: Count })),
  steps: z.array(
    z.object({
      kind: AssessmentStepKey,
      at: Instant,
      by: z.string(),
      note: z.string().nullable(),
      lastDay: Day.nullable(),
      marksAppeals: z.boolean(),
    }),
  ),
  versions: z.array(z.object({ version: z.int(), frozenAt: Instant, frozenBy: z.string() })),
  /** What comes next, and what bars the reader; null = nothing does. */
  next: z.array(z.object({ kind: AssessmentStepKey, barredBy: z.enum(ASSESSMENT_BARRIERS).nullable() })),
})
export type AssessmentPage = z.infer<typeof AssessmentPage>

/** `steps`: how many the reader has seen. */
const About = { quarter: QuarterText, steps: z.int().min(0).max(10_000) }
export const PrepareAssessmentInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...About, kind: z.literal('drafted') }),
  z.strictObject({ ...About, kind: z.literal('returned'), note: Words.min(2).max(500) }),
])
export type PrepareAssessmentInput = z.infer<typeof PrepareAssessmentInput>

/** `marksAppeals`: appeals that are open stay so, and their rows are marked 申诉中. */
export const ApproveAssessmentInput = z.strictObject({ ...About, marksAppeals: z.boolean() })
export type ApproveAssessmentInput = z.infer<typeof ApproveAssessmentInput>
