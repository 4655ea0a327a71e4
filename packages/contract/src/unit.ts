import { z } from 'zod'
import { EventJudgement } from './event.ts'
import { LeagueDeduction, LeagueTableRow, PresentStanding } from './league.ts'
import {
  BonusKindKey,
  CategoryKey,
  CheckCounts,
  CheckMethodKey,
  Count,
  DimensionPoints,
  DutyModeKey,
  ElementKey,
  FilingFormKey,
  FindingKey,
  Instant,
  LevelKey,
  MisreportKindKey,
  PlainDateText,
  Points,
  Provenance,
  QuarterText,
  RatioCounts,
  TierKey,
  TimelinessCounts,
  TreeKey,
} from './values.ts'

export const UnitListInput = z.strictObject({ quarter: QuarterText, tree: TreeKey.optional() })
export const UnitListItem = z.object({
  unitCode: z.string(),
  name: z.string(),
  shortName: z.string().nullable(),
  parentCode: z.string().nullable(),
  tier: TierKey,
  peerGroup: z.string(),
  dutyMode: DutyModeKey,
  /** Open on the last day of the quarter, or today. */
  isOpen: z.boolean(),
  /** null = by the tree of then. */
  present: PresentStanding.nullable(),
})
export const UnitList = z.object({
  quarter: QuarterText,
  tree: TreeKey,
  provenance: Provenance,
  units: z.array(UnitListItem),
})
export type UnitList = z.infer<typeof UnitList>

export const UnitInput = z.strictObject({
  unitCode: z.string().min(1).max(100),
  quarter: QuarterText,
  asOf: Instant.optional(),
  tree: TreeKey.optional(),
})
/** Query of a unit's downloads. */
export const UnitExportInput = UnitInput.extend({ lang: z.string().max(20).optional() })

/** What a deduction's reference leads to, enough to read the line without opening it. */
export const DeductionEvidence = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('event'),
    eventCode: z.string(),
    category: CategoryKey,
    level: LevelKey,
    /** Whole seconds after the limit; null = not late but missing, or not a matter of a clock. */
    lateSeconds: z.int().nullable(),
    missingElements: z.array(ElementKey),
  }),
  z.object({
    kind: z.literal('check'),
    checkCode: z.string(),
    method: CheckMethodKey,
    finding: FindingKey,
  }),
  z.object({
    kind: z.literal('misreport'),
    misreportCode: z.string(),
    misreportKind: MisreportKindKey,
    eventCode: z.string().nullable(),
    basis: z.string(),
  }),
  z.object({
    kind: z.literal('filing'),
    holiday: z.string(),
    form: FilingFormKey,
    dueOn: PlainDateText,
    receivedAt: Instant.nullable(),
  }),
  z.object({
    kind: z.literal('log'),
    entryCode: z.string(),
    /** When it happened, as the entry says. */
    receivedAt: Instant,
    writtenAt: Instant,
    /** Null = no outcome yet. */
    closedAt: Instant.nullable(),
  }),
])
export type DeductionEvidence = z.infer<typeof DeductionEvidence>

export const UnitDeduction = LeagueDeduction.extend({
  /** Number of the clause of the regulation, e.g. `§5-A`. */
  clause: z.string(),
  evidence: DeductionEvidence,
})
export type UnitDeduction = z.infer<typeof UnitDeduction>

export const UnitBonus = z.object({
  bonusCode: z.string(),
  kind: BonusKindKey,
  points: Points,
  awardedOn: PlainDateText,
  eventCode: z.string().nullable(),
})

export const UnitCheck = z.object({
  checkCode: z.string(),
  method: CheckMethodKey,
  checkedAt: Instant,
  inspectors: z.array(z.string()),
  findings: z.array(z.object({ finding: FindingKey, points: Points })),
  passed: z.boolean(),
  note: z.string().nullable(),
})
export type UnitCheck = z.infer<typeof UnitCheck>

export const UnitFiling = z.object({
  holiday: z.string(),
  form: FilingFormKey,
  dueOn: PlainDateText,
  receivedAt: Instant.nullable(),
  outcome: z.enum(['on_time', 'late', 'missing', 'not_yet_due']),
})
export type UnitFiling = z.infer<typeof UnitFiling>

/** One quarter of the unit's past, for its trend line. */
export const UnitTrendPoint = z.object({
  quarter: QuarterText,
  score: Points.nullable(),
  rank: Count.nullable(),
  rankedCount: Count,
  timeliness: TimelinessCounts,
  groupMeanScore: Points.nullable(),
})

export const UnitPage = z.object({
  quarter: QuarterText,
  tree: TreeKey,
  provenance: Provenance,
  unit: UnitListItem,
  /** null when the unit is in no table of this quarter (closed on its last day, or the top unit). */
  row: LeagueTableRow.nullable(),
  rankedCount: Count,
  groupUnitCount: Count,
  base: DimensionPoints,
  groupMeanScore: Points.nullable(),
  groupMeanLost: DimensionPoints.nullable(),
  groupMeanBonus: Points.nullable(),
  deductions: z.array(UnitDeduction),
  bonuses: z.array(UnitBonus),
  /** Bonus points before the quarter's cap. */
  bonusBeforeCap: Points,
  events: z.array(EventJudgement),
  checks: z.array(UnitCheck),
  checkCounts: CheckCounts,
  filings: z.array(UnitFiling),
  completeness: RatioCounts,
  trend: z.array(UnitTrendPoint),
  /** Neighbours in the order of the table. */
  previousUnit: z.object({ unitCode: z.string(), name: z.string() }).nullable(),
  nextUnit: z.object({ unitCode: z.string(), name: z.string() }).nullable(),
})
export type UnitPage = z.infer<typeof UnitPage>
