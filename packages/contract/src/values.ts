import {
  BONUS_KINDS,
  BREAKS,
  CATEGORIES,
  CHECK_METHODS,
  DEDUCTION_CODES,
  DIMENSIONS,
  DUTY_MODES,
  ELEMENTS,
  FILING_FORMS,
  FINDINGS,
  FLAGS,
  isQuarter,
  LEVELS,
  MISREPORT_KINDS,
  OUTCOMES,
  type Quarter,
  STAGES,
  TIERS,
  TREES,
} from '@zhidu/domain'
import { z } from 'zod'

const FIRST_YEAR = 1970
const LAST_YEAR = 2199

const FIRST_INSTANT = Date.UTC(FIRST_YEAR, 0)
const END_INSTANT = Date.UTC(LAST_YEAR + 1, 0)

/** ISO 8601 with `+08:00`, whole seconds. */
export const Instant = z.iso.datetime({ offset: true }).refine((text) => {
  const at = Date.parse(text)
  return at >= FIRST_INSTANT && at < END_INSTANT
})
export const PlainDateText = z.iso.date()
/** A day that somebody names for something to happen on; beyond these years there are no quarters. */
export const DayText = PlainDateText.refine((text) => {
  const year = Number(text.slice(0, 4))
  return year >= FIRST_YEAR && year <= LAST_YEAR
})
/** 1970Q1 to 2199Q4: beyond, what is before and after a quarter has no name. */
export const QuarterText = z.custom<Quarter>(
  (value) =>
    typeof value === 'string' &&
    isQuarter(value) &&
    Number(value.slice(0, 4)) >= FIRST_YEAR &&
    Number(value.slice(0, 4)) <= LAST_YEAR,
  { error: 'quarter_format' },
)
/** Points with two decimals at the most. */
export const Points = z.number()
export const Count = z.int().nonnegative()
export const RatioCounts = z.object({ part: Count, whole: Count })
export const GradeWord = z.enum(['优秀', '良好', '一般', '较差'])
export type GradeWord = z.infer<typeof GradeWord>

export const TierKey = z.enum(TIERS)
export const DutyModeKey = z.enum(DUTY_MODES)
export const StageKey = z.enum(STAGES)
export const CategoryKey = z.enum(CATEGORIES)
export const LevelKey = z.enum(LEVELS)
export const OutcomeKey = z.enum(OUTCOMES)
/** A pre-report with reasons: the rules give time for it, they know none, or it came after the limit. */
export const PreReportState = z.enum(['granted', 'not_in_rules', 'after_limit'])
export type PreReportState = z.infer<typeof PreReportState>
export const ElementKey = z.enum(ELEMENTS)
export const CheckMethodKey = z.enum(CHECK_METHODS)
export const FindingKey = z.enum(FINDINGS)
export const MisreportKindKey = z.enum(MISREPORT_KINDS)
export const FilingFormKey = z.enum(FILING_FORMS)
export const BonusKindKey = z.enum(BONUS_KINDS)
export const DimensionKey = z.enum(DIMENSIONS)
export const DeductionCodeKey = z.enum(DEDUCTION_CODES)
export const FlagKey = z.enum(FLAGS)

/** By which tree a table is read: that of the quarter's last day (`then`, the usual), or today's (`now`). */
export const TreeKey = z.enum(TREES)
export type TreeKey = z.infer<typeof TreeKey>
/** Why two quarters of one unit are not the same unit's. */
export const BreakKey = z.enum(BREAKS)

export const DimensionPoints = z.object({
  timeliness: Points,
  completeness: Points,
  truthfulness: Points,
  discipline: Points,
  filing: Points,
})
export const TimelinessCounts = z.object({
  onTime: Count,
  late: Count,
  missing: Count,
  notYetDue: Count,
  owed: Count,
})
export const CheckCounts = z.object({ passed: Count, total: Count })
export const RegulationRef = z.object({ id: z.string(), version: z.string() })

/** Which frozen version of the quarter is told. */
export const FrozenRef = z.object({
  version: z.int().positive(),
  frozenAt: Instant,
  frozenBy: z.string(),
  /** SHA-256 of the manifest, hex. */
  manifestSha256: z.string(),
})
export type FrozenRef = z.infer<typeof FrozenRef>

/** What every page carries: as of when, under which rules, computed how. */
export const Provenance = z.object({
  asOf: Instant,
  regulation: RegulationRef.extend({ title: z.string(), notice: z.string().nullable() }),
  /** How the rules named speak of dimensions and what each starts from; missing in documents of older programs. */
  method: z
    .object({
      titles: z.partialRecord(DimensionKey, z.string()),
      base: DimensionPoints,
      /** null = workload is not scored. */
      workloadMax: Points.nullable(),
      /** The score is an average over items of information. */
      isByItems: z.boolean(),
    })
    .optional(),
  methodVersion: z.string(),
  /** True while the data on screen are the invented demonstration city. */
  isSynthetic: z.boolean(),
  /** The figures are those of the frozen quarter; missing = computed as of the instant above. */
  frozen: FrozenRef.optional(),
  /** The quarter is frozen, and what the page lists are present facts, which may differ; never beside `frozen`. */
  frozenApart: FrozenRef.extend({ quarter: QuarterText }).optional(),
})
export type Provenance = z.infer<typeof Provenance>
