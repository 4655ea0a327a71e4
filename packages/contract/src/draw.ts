import { RISK_REASONS } from '@zhidu/domain'
import { z } from 'zod'
import { Count, Instant, QuarterText } from './values.ts'

const UnitCode = z.string().min(1).max(64)
/** Half of a surrogate pair has no spelling in a pool or a certificate. */
const Words = z
  .string()
  .refine((text) => !/\p{Surrogate}/u.test(text))
  .trim()
const Reason = Words.min(2).max(500)
/** A pool knows groups and inspectors by their names, of 64 characters at the most. */
const ShortName = Words.min(1).max(64)
const Title = Words.min(2).max(100)
const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/)
const OfUnit = z.strictObject({ unitCode: UnitCode, reason: Reason })

/** 抽取方案: what a version of a plan says; units one level below the office, drawn by peer group. */
export const DrawPlanDocument = z.strictObject({
  title: Title,
  isNight: z.boolean(),
  /** N: every unit at least once in so many quarters; null = no such rule. */
  everyUnitWithinQuarters: z.int().min(1).max(40).nullable(),
  /** k */
  mostPerMonth: z.int().min(1).max(31).nullable(),
  /** j */
  mostNightPerQuarter: z.int().min(1).max(92).nullable(),
  mostPerInspector: z.int().min(1).max(1_000).nullable(),
  /** Groups that are not named are not drawn from. */
  strata: z
    .array(
      z.strictObject({ group: ShortName, size: z.int().min(0).max(1_000), substitutes: z.int().min(0).max(1_000) }),
    )
    .min(1)
    .max(200),
  /** Units with more than one slip in the urn, and why. */
  weights: z.array(OfUnit.extend({ weight: z.int().min(2).max(100) })).max(2_000),
  exclusions: z.array(OfUnit).max(2_000),
  /** Empty = no inspectors are drawn. */
  inspectors: z.array(z.strictObject({ name: ShortName, recusals: z.array(OfUnit).max(2_000) })).max(200),
})
export type DrawPlanDocument = z.infer<typeof DrawPlanDocument>

export const DrawPlanItem = z.object({
  planId: z.uuid(),
  version: z.int().positive(),
  document: DrawPlanDocument,
  /** Names of the units that it names, by code. */
  unitNames: z.record(z.string(), z.string()),
  writtenAt: Instant,
  writtenBy: z.string(),
  approvedAt: Instant.nullable(),
  approvedBy: z.string().nullable(),
  /** True for its newest version. */
  isNewest: z.boolean(),
  /** True when the reader wrote it, and so may not approve it. */
  isMine: z.boolean(),
})
export type DrawPlanItem = z.infer<typeof DrawPlanItem>

export const DrawPlanKey = z.strictObject({ planId: z.uuid(), version: z.int().min(1).max(10_000) })
export type DrawPlanKey = z.infer<typeof DrawPlanKey>
/** `planId` null = a new plan; else its next version, when `version` is still the newest. */
export const SaveDrawPlanInput = z.strictObject({
  planId: z.uuid().nullable(),
  version: z.int().min(0).max(10_000),
  document: DrawPlanDocument,
})
export type SaveDrawPlanInput = z.infer<typeof SaveDrawPlanInput>

/** What a planner has to know of the units one level below. */
export const DrawPreparation = z.object({
  quarter: QuarterText,
  /** The quarter whose table the proposals go by. */
  riskQuarter: QuarterText,
  units: z.array(
    z.object({
      unitCode: z.string(),
      name: z.string(),
      group: z.string(),
      /** Null = no check on record. */
      lastCheckedIn: QuarterText.nullable(),
      checksThisMonth: Count,
      nightChecksThisQuarter: Count,
      /** Null = nothing is known of the unit in that quarter. */
      proposal: z
        .object({
          weight: z.int().positive(),
          reasons: z.array(z.enum(RISK_REASONS)),
          checkFailed: Count,
          checkTotal: Count,
          missing: Count,
          late: Count,
        })
        .nullable(),
    }),
  ),
})
export type DrawPreparation = z.infer<typeof DrawPreparation>

const PublicSeed = z.strictObject({
  kind: z.literal('public'),
  what: Words.min(2).max(500),
  digits: z.int().min(10).max(200),
  where: Words.min(2).max(500),
  publishedAt: Instant,
})
const OfficersSeed = z.strictObject({ kind: z.literal('officers') })
/** Where the seed is to come from. */
export const DrawSeed = z.discriminatedUnion('kind', [PublicSeed, OfficersSeed])
export type DrawSeed = z.infer<typeof DrawSeed>

export const DRAW_STATES = ['declared', 'frozen', 'drawn', 'disclosed', 'voided'] as const
export const DrawState = z.enum(DRAW_STATES)
export type DrawState = z.infer<typeof DrawState>

export const DrawItem = z.object({
  drawId: z.uuid(),
  title: z.string(),
  officeName: z.string(),
  /** False for a draw of an office below, which is only looked at. */
  isOwn: z.boolean(),
  quarter: QuarterText,
  state: DrawState,
  seedKind: z.enum(['public', 'officers']),
  declaredAt: Instant,
  declaredBy: z.string(),
  /** Null = not frozen. */
  poolHash: Hash.nullable(),
})
export type DrawItem = z.infer<typeof DrawItem>
export const DrawList = z.object({ plans: z.array(DrawPlanItem), draws: z.array(DrawItem) })
export type DrawList = z.infer<typeof DrawList>

export const DrawKey = z.strictObject({ drawId: z.uuid() })
export type DrawKey = z.infer<typeof DrawKey>
export const DeclareDrawInput = z.strictObject({
  planId: z.uuid(),
  version: z.int().min(1).max(10_000),
  isLastOfQuarter: z.boolean(),
  seed: DrawSeed,
})
export type DeclareDrawInput = z.infer<typeof DeclareDrawInput>
/** `officer`: the name that the commitment was made for; another one is refused. */
export const CommitDrawInput = DrawKey.extend({ officer: z.string().min(1).max(200), commitment: Hash })
export type CommitDrawInput = z.infer<typeof CommitDrawInput>
export const RevealDrawInput = DrawKey.extend({
  nonce: z.string().regex(/^[0-9a-f]{32,128}$/),
  text: Words.min(1).max(500),
})
export type RevealDrawInput = z.infer<typeof RevealDrawInput>
export const DrawNumberInput = DrawKey.extend({ value: z.string().regex(/^\d{10,200}$/) })
export type DrawNumberInput = z.infer<typeof DrawNumberInput>
export const VoidDrawInput = DrawKey.extend({ reason: Reason })
export type VoidDrawInput = z.infer<typeof VoidDrawInput>
/** `outCode`: drawn and not visited. */
export const SubstituteDrawInput = DrawKey.extend({ outCode: UnitCode, reason: Reason })
export type SubstituteDrawInput = z.infer<typeof SubstituteDrawInput>

/** Pool and certificate as they are, byte by byte; null = there is none yet. */
const DrawFiles = { pool: z.string().nullable(), certificate: z.string().nullable() }

export const DrawPage = z.object({
  item: DrawItem,
  plan: DrawPlanItem,
  isLastOfQuarter: z.boolean(),
  seed: DrawSeed,
  /** What happened, in order; the reason of a void draw stands with it. */
  steps: z.array(
    z.object({
      kind: z.enum(['committed', 'frozen', 'revealed', 'drawn', 'substituted', 'voided', 'disclosed']),
      at: Instant,
      by: z.string(),
      note: z.string().nullable(),
    }),
  ),
  officers: z.array(z.object({ officer: z.string(), commitment: Hash, hasRevealed: z.boolean(), isMine: z.boolean() })),
  /** By which name the reader would commit; null = may not, or has. */
  ownOfficer: z.string().nullable(),
  /** True when the reader declared the draw, and so may not freeze its pool. */
  isDeclaredByMe: z.boolean(),
  ...DrawFiles,
})
export type DrawPage = z.infer<typeof DrawPage>

/** What the own unit was told of a draw of the office above. */
export const ToldDraw = z.object({
  drawId: z.uuid(),
  officeName: z.string(),
  title: z.string(),
  quarter: QuarterText,
  poolHash: Hash,
  frozenAt: Instant,
  voidedAt: Instant.nullable(),
  voidReason: z.string().nullable(),
  disclosedAt: Instant.nullable(),
})
export type ToldDraw = z.infer<typeof ToldDraw>
export const ToldDrawPage = z.object({
  told: ToldDraw,
  /** With the reason of each weight; null = not disclosed. */
  plan: DrawPlanDocument.nullable(),
  ...DrawFiles,
})
export type ToldDrawPage = z.infer<typeof ToldDrawPage>
