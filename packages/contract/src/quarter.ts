import { z } from 'zod'
import { LeagueDeduction } from './league.ts'
import { Count, GradeWord, Instant, Points, Provenance, QuarterText, RegulationRef } from './values.ts'

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A file of a frozen quarter. */
export const ManifestFile = z.strictObject({
  /** `facts/reports.jsonl`; letters, digits, `/`, `-`, `_`, `.`, and never a step upwards. */
  name: z.string().regex(/^[a-z0-9_-]+(\/[a-z0-9_-]+)?\.jsonl?$/),
  bytes: Count,
  sha256: Sha256,
  /** The peer group whose table it is; null = of the whole quarter. */
  group: z.string().nullable(),
})
export type ManifestFile = z.infer<typeof ManifestFile>

/**
 * What a frozen quarter is, down to the last byte. Nothing of where, when and by whom it was frozen: the same facts under the
 * same rules give the same text on every machine.
 */
export const FrozenManifest = z.strictObject({
  format: z.literal('zhidu-quarter-1'),
  quarter: QuarterText,
  /** 1, then the supplements. */
  version: z.int().positive(),
  asOf: Instant,
  regulation: RegulationRef.strict(),
  methodVersion: z.string(),
  /** Where the ranks of the quarter before come from: its frozen version, or null = computed as of its end. */
  previousQuarter: z.strictObject({ quarter: QuarterText, asOf: Instant, manifestSha256: Sha256.nullable() }),
  /** What a supplement takes the place of. */
  previousVersion: z.strictObject({ version: z.int().positive(), manifestSha256: Sha256 }).nullable(),
  /** SHA-256 over the lines `sha256 name` of the files of facts; where random numbers of the statistics begin. */
  seed: Sha256,
  /** By name. */
  files: z.array(ManifestFile),
})
export type FrozenManifest = z.infer<typeof FrozenManifest>

/** `zhidu quarter freeze|verify|recompute --json`; interchange contract §6 (first four fields). */
export const QuarterReport = z.object({
  quarter: QuarterText,
  manifestSha256: Sha256,
  files: z.array(z.object({ name: z.string(), sha256: Sha256 })),
  /** Everything is as the manifest says. */
  equal: z.boolean(),
  version: z.int().positive(),
  asOf: Instant,
  methodVersion: z.string(),
  /** What is not, the first first. `reason`: a key of the messages; `file`: null = the whole. */
  problems: z.array(z.object({ file: z.string().nullable(), reason: z.string() })),
})
export type QuarterReport = z.infer<typeof QuarterReport>

/** One version as the list of quarters tells it. */
export const FrozenVersion = z.object({
  version: z.int().positive(),
  asOf: Instant,
  frozenAt: Instant,
  frozenBy: z.string(),
  /** Why the supplement was made; null = the first version. */
  reason: z.string().nullable(),
  regulation: RegulationRef,
  methodVersion: z.string(),
  programVersion: z.string(),
  manifestSha256: Sha256,
  unitCount: Count,
  factCount: Count,
})
export type FrozenVersion = z.infer<typeof FrozenVersion>

export const QUARTER_STATES = ['running', 'ended', 'frozen'] as const

export const QuarterItem = z.object({
  quarter: QuarterText,
  state: z.enum(QUARTER_STATES),
  /** The last day, after which it may be frozen. */
  lastOn: z.iso.date(),
  /** Newest first; empty = not frozen. */
  versions: z.array(FrozenVersion),
  /** Facts in reach that came after the newest version, and of how many units; null = not frozen. */
  since: z.object({ factCount: Count, unitCount: Count }).nullable(),
  /** Why it cannot be frozen as it is; null = it can, or is. A key of the messages, and what fills it. */
  obstacle: z.object({ reason: z.string(), params: z.record(z.string(), z.string()) }).nullable(),
})
export type QuarterItem = z.infer<typeof QuarterItem>

export const QuarterList = z.object({ provenance: Provenance, quarters: z.array(QuarterItem) })
export type QuarterList = z.infer<typeof QuarterList>

/** A row of facts that a supplement has and the version before had not, or the other way round. */
export const FactChange = z.object({
  kind: z.string(),
  /** What it is about: event, check, … */
  ref: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
})

const UnitResult = z.object({ score: Points.nullable(), rank: Count.nullable(), grade: GradeWord.nullable() })

/** What a supplement changed of one unit. */
export const UnitDifference = z.object({
  unitCode: z.string(),
  name: z.string(),
  group: z.string(),
  /** null = not in the tables. */
  before: UnitResult.nullable(),
  after: UnitResult.nullable(),
  deductions: z.object({ added: z.array(LeagueDeduction), removed: z.array(LeagueDeduction) }),
  facts: z.array(FactChange),
})
export type UnitDifference = z.infer<typeof UnitDifference>

export const QuarterVersionInput = z.strictObject({ quarter: QuarterText, version: z.int().positive().max(9999) })
export type QuarterVersionInput = z.infer<typeof QuarterVersionInput>

/** Query of `/files/quarters/2026Q3-1.zip`: it holds the evidence of every unit, so it is told why it is wanted. */
export const QuarterExportInput = QuarterVersionInput.extend({
  reason: z.string().trim().min(4).max(200),
  lang: z.string().max(20).optional(),
})
export type QuarterExportInput = z.infer<typeof QuarterExportInput>

export const QuarterDifference = z.object({
  quarter: QuarterText,
  version: z.int().positive(),
  /** Units in reach; the first 500 by unit code. */
  units: z.array(UnitDifference),
  unitCount: Count,
})
export type QuarterDifference = z.infer<typeof QuarterDifference>

/** The quarter is typed again: it cannot be taken back. */
export const QuarterFreezeInput = z.strictObject({
  quarter: QuarterText,
  confirm: z.string().max(20),
  /** Missing = now. */
  asOf: Instant.optional(),
})
export type QuarterFreezeInput = z.infer<typeof QuarterFreezeInput>

export const QuarterSupplementInput = QuarterFreezeInput.extend({ reason: z.string().trim().min(4).max(500) })
export type QuarterSupplementInput = z.infer<typeof QuarterSupplementInput>

export const QUARTER_PHASES = ['waiting', 'judging', 'comparing', 'writing', 'reading', 'recomputing'] as const

/** How far the work on a quarter is that this account began; null = nothing runs. */
export const QuarterProgress = z
  .object({
    quarter: QuarterText,
    work: z.enum(['freeze', 'supplement', 'verify']),
    phase: z.enum(QUARTER_PHASES),
    /** Units, of so many. */
    done: Count,
    total: Count,
  })
  .nullable()
export type QuarterProgress = z.infer<typeof QuarterProgress>
