import { LIST_BARRIERS, LIST_KINDS, LIST_STAGES, LIST_STEPS } from '@zhidu/domain'
import { z } from 'zod'
import { Count, Instant, Points, Provenance, QuarterText } from './values.ts'

const Probability = z.number().min(0).max(1)
const CertaintyKey = z.enum(['certain', 'likely', 'cannot_tell'])
const Words = z
  .string()
  .refine((text) => !/[\p{Surrogate}\0]/u.test(text))
  .trim()
const ListKindKey = z.enum(LIST_KINDS)
const Barrier = z.enum(LIST_BARRIERS)
const StepKey = z.enum(LIST_STEPS)

export const CommendationInput = z.strictObject({ quarter: QuarterText, group: z.string().min(1).max(100) })
export type CommendationInput = z.infer<typeof CommendationInput>

const Place = z.object({
  /** Of truly belonging to that quarter of the table. */
  probability: Probability,
  certainty: CertaintyKey,
  isEnd: z.boolean(),
  /** The rule that keeps it off; null = none does. */
  barrier: Barrier.nullable(),
  isProposed: z.boolean(),
})

const CommendationName = z.object({
  kind: ListKindKey,
  unitCode: z.string(),
  name: z.string(),
  rank: Count,
  score: Points,
  probability: Probability,
  certainty: CertaintyKey,
  barrier: Barrier.nullable(),
  isProposed: z.boolean(),
  /** False = proposed, and left out. */
  isNamed: z.boolean(),
  reason: z.string().nullable(),
})
export type CommendationName = z.infer<typeof CommendationName>

/** A decision with what was known when it was made. */
const Decision = z.object({
  at: Instant,
  by: z.string(),
  note: z.string().nullable(),
  /** null = of a quarter not frozen. */
  frozenVersion: z.int().nullable(),
  asOf: Instant,
  names: z.array(CommendationName),
})
export type CommendationDecision = z.infer<typeof Decision>

/** Why a step that comes next is not the reader's to take. */
export const COMMENDATION_BARRIERS = ['role', 'same_person', 'stale'] as const

export const CommendationPage = z.object({
  quarter: QuarterText,
  group: z.string(),
  officeName: z.string(),
  provenance: Provenance,
  /** null = the figures are of a quarter not frozen, and may still change. */
  frozenVersion: z.int().nullable(),
  stage: z.enum(LIST_STAGES),
  /** By the rules; null = they ask for none. */
  minimumActivity: Count.nullable(),
  /** Measured units, in the order of the table. */
  units: z.array(
    z.object({
      unitCode: z.string(),
      name: z.string(),
      score: Points,
      rank: Count,
      tied: z.boolean(),
      range: z.object({ low: Count, high: Count }),
      activity: Count,
      praise: Place,
      criticism: Place,
    }),
  ),
  /** The last that was decided; null = none was. */
  decision: Decision.nullable(),
  /** The last that was confirmed, which holds until another is; null = none was. */
  confirmed: Decision.nullable(),
  steps: z.array(z.object({ kind: StepKey, at: Instant, by: z.string(), note: z.string().nullable() })),
  next: z.array(z.object({ kind: StepKey, barredBy: z.enum(COMMENDATION_BARRIERS).nullable() })),
})
export type CommendationPage = z.infer<typeof CommendationPage>

/** `steps`: how many the reader has seen; `frozenVersion`: of the figures he looked at. */
const About = {
  quarter: QuarterText,
  group: z.string().min(1).max(100),
  steps: z.int().min(0).max(10_000),
  frozenVersion: z.int().min(1).max(10_000).nullable(),
}
export const DecideCommendationInput = z.strictObject({
  ...About,
  names: z
    .array(
      z.strictObject({
        kind: ListKindKey,
        unitCode: z.string().min(1).max(100),
        isNamed: z.boolean(),
        reason: Words.min(2).max(500).nullable(),
      }),
    )
    .max(2_000),
  /** Why it is decided anew; null = it was not confirmed before. */
  note: Words.min(2).max(500).nullable(),
})
export type DecideCommendationInput = z.infer<typeof DecideCommendationInput>

export const ConfirmCommendationInput = z.strictObject(About)
export type ConfirmCommendationInput = z.infer<typeof ConfirmCommendationInput>

export const ReturnCommendationInput = z.strictObject({ ...About, note: Words.min(2).max(500) })
export type ReturnCommendationInput = z.infer<typeof ReturnCommendationInput>
