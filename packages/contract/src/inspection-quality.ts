import {
  AGREEMENT_WORDS,
  CHECK_METHODS,
  LENIENCY_WORDS,
  type LimitStanding,
  type CoverageStanding,
  QUALITY_WINDOWS,
  VISIT_KINDS,
} from '@zhidu/domain'
import { z } from 'zod'
import { Count, FindingKey, Provenance, QuarterText, RatioCounts } from './values.ts'

export const QualityWindow = z.literal(QUALITY_WINDOWS)
export type QualityWindow = z.infer<typeof QualityWindow>

export const InspectionQualityInput = z.strictObject({ quarter: QuarterText, quarters: QualityWindow })
export type InspectionQualityInput = z.infer<typeof InspectionQualityInput>
/** Query of the download. */
export const InspectionQualityExportInput = z.strictObject({
  quarter: QuarterText,
  quarters: z.enum(['1', '4', '8']),
  lang: z.string().max(20).optional(),
})

const LIMITS = ['free', 'full', 'exceeded'] as const satisfies readonly LimitStanding[]
const WITHIN = ['checked', 'waiting', 'due', 'broken'] as const satisfies readonly CoverageStanding[]
const Limit = z.enum(LIMITS).nullable()

/** An inspector as shown: the name masked, and a number where several are masked alike. */
export const MaskedInspector = z.object({
  name: z.string(),
  number: z.int().positive().nullable(),
  isMe: z.boolean(),
})
export type MaskedInspector = z.infer<typeof MaskedInspector>

const byMethod = z.record(z.enum(CHECK_METHODS), Count)
export const QualityUnit = z.object({
  unitCode: z.string(),
  name: z.string(),
  group: z.string(),
  byKind: z.record(z.enum(VISIT_KINDS), Count),
  byMethod,
  nights: Count,
  mostInMonth: Count,
  /** Null = no check on record. */
  daysSinceLast: Count.nullable(),
  minutes: Count,
  /** Visits whose length is known, of all. */
  measured: Count,
  visits: Count,
  rules: z.object({
    everyUnitWithinQuarters: Count.nullable(),
    mostPerMonth: Count.nullable(),
    mostNightPerQuarter: Count.nullable(),
  }),
  within: z.enum(WITHIN).nullable(),
  month: Limit,
  night: Limit,
})
export type QualityUnit = z.infer<typeof QualityUnit>

const Balance = RatioCounts.extend({ mostOverMean: z.number().nullable() })
export const QualityLoad = z.object({
  inspector: MaskedInspector,
  checks: Count,
  nights: Count,
  minutes: Count,
  measured: Count,
  /** Null = no two places of one night were told. */
  kilometres: z.number().nullable(),
  legs: Count,
  most: z.object({ unitCode: z.string(), name: z.string(), visits: Count }).nullable(),
})
export type QualityLoad = z.infer<typeof QualityLoad>

/** Four decimals. Ranges at 95 %; null = not measured, kappa also where one answer alone was given. */
export const QualityAgreement = z.object({
  counts: z.object({ bothYes: Count, firstOnly: Count, secondOnly: Count, bothNo: Count }),
  agreed: Count,
  pairs: Count,
  range: z.object({ low: z.number(), high: z.number() }),
  ac1: z.number().nullable(),
  ac1Range: z.object({ low: z.number(), high: z.number() }).nullable(),
  kappa: z.number().nullable(),
  word: z.enum(AGREEMENT_WORDS),
})
export type QualityAgreement = z.infer<typeof QualityAgreement>
export const QualityItem = QualityAgreement.extend({
  checklistId: z.string(),
  checklistTitle: z.string(),
  section: z.string(),
  text: z.string(),
  finding: FindingKey.nullable(),
})
export type QualityItem = z.infer<typeof QualityItem>
export const QualityFinding = QualityAgreement.extend({ finding: FindingKey })
export type QualityFinding = z.infer<typeof QualityFinding>

export const QualityLeniency = z.object({
  inspector: MaskedInspector,
  checks: Count,
  found: Count,
  expected: z.number(),
  low: Count,
  high: Count,
  p: z.number(),
  word: z.enum(LENIENCY_WORDS),
})
export type QualityLeniency = z.infer<typeof QualityLeniency>

export const QualityUpper = z.object({
  officeCode: z.string(),
  name: z.string(),
  pairs: Count,
  /** Ordered and not yet made. */
  open: Count,
  medianDays: Count.nullable(),
  result: QualityAgreement,
  missed: RatioCounts,
  answers: RatioCounts,
  findings: z.array(QualityFinding),
})
export type QualityUpper = z.infer<typeof QualityUpper>

/** 抽查质量: how an office checks, of its own office alone. */
export const InspectionQuality = z.object({
  quarter: QuarterText,
  quarters: QualityWindow,
  /** First quarter of the window. */
  since: QuarterText,
  provenance: Provenance,
  officeName: z.string(),
  /** The reader may order second and upper checks. */
  mayOrder: z.boolean(),
  /** Checks left out of every figure because the reader is to make them again, blind. */
  hidden: Count,
  coverage: z.object({
    /** Units one level below, in official order. */
    rows: z.array(QualityUnit),
    checkedUnits: Count,
    dueUnits: Count,
    burdenedUnits: Count,
    minutes: Count,
  }),
  load: z.object({ rows: z.array(QualityLoad), checks: Balance, nights: Balance }),
  agreement: z.object({
    pairs: Count,
    /** Too far apart to compare. */
    apart: Count,
    /** Ordered and not yet made. */
    open: Count,
    withinWindow: RatioCounts,
    items: z.array(QualityItem),
    findings: z.array(QualityFinding),
    result: QualityAgreement,
  }),
  leniency: z.object({
    rows: z.array(QualityLeniency),
    checks: Count,
    found: Count,
    tested: Count,
    /** Checks whose unit and inspectors were both drawn, of all. */
    byChance: RatioCounts,
  }),
  /** Offices below that have checked or were checked again, in official order. */
  upper: z.array(QualityUpper),
})
export type InspectionQuality = z.infer<typeof InspectionQuality>
