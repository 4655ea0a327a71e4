import { z } from 'zod'
import {
  Count,
  FilingFormKey,
  Instant,
  LevelKey,
  MisreportKindKey,
  PlainDateText,
  Points,
  Provenance,
  QuarterText,
  RatioCounts,
  TimelinessCounts,
  TreeKey,
} from './values.ts'

export const OverviewInput = z.strictObject({
  quarter: QuarterText,
  asOf: Instant.optional(),
  tree: TreeKey.optional(),
})

export const OverviewUnit = z.object({
  rank: Count.nullable(),
  tied: z.boolean(),
  unitCode: z.string(),
  name: z.string(),
  score: Points.nullable(),
  timeliness: TimelinessCounts,
})
export type OverviewUnit = z.infer<typeof OverviewUnit>

export const OverviewGroup = z.object({
  group: z.string(),
  unitCount: Count,
  rankedCount: Count,
  /** Units of the group that the reader reaches; fewer than `unitCount` = the others are counted, not listed. */
  reachCount: Count,
  /**
   * First five and last five in the order of the table; one list when the group has ten or fewer. Of a group that is not
   * whole in reach: its first ten in reach, and no last ones.
   */
  top: z.array(OverviewUnit),
  bottom: z.array(OverviewUnit),
  notMeasured: Count,
})
export type OverviewGroup = z.infer<typeof OverviewGroup>

/** A unit whose rank moved against the quarter before; the largest moves first. Nothing is said of significance. */
export const OverviewChange = z.object({
  unitCode: z.string(),
  name: z.string(),
  group: z.string(),
  rank: Count,
  previousRank: Count,
  score: Points,
  previousScore: Points,
  timeliness: RatioCounts,
  previousTimeliness: RatioCounts,
})
export type OverviewChange = z.infer<typeof OverviewChange>

/** Something owed and not done as of now, or due soon. `dueAt` is the legal deadline. */
export const OverviewOverdue = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('report'),
    state: z.enum(['overdue', 'due_soon']),
    unitCode: z.string(),
    unitName: z.string(),
    eventCode: z.string(),
    level: LevelKey,
    dueAt: Instant,
  }),
  z.object({
    kind: z.literal('filing'),
    state: z.enum(['overdue', 'due_soon']),
    unitCode: z.string(),
    unitName: z.string(),
    holiday: z.string(),
    form: FilingFormKey,
    dueAt: Instant,
  }),
])
export type OverviewOverdue = z.infer<typeof OverviewOverdue>

const Indicator = z.object({
  now: RatioCounts,
  previous: RatioCounts,
  /** This quarter and the three before, oldest first. */
  trend: z.array(RatioCounts),
})

export const Overview = z.object({
  quarter: QuarterText,
  tree: TreeKey,
  provenance: Provenance,
  /** On-time first reports over reports owed and due (not yet due ones left out). */
  timeliness: Indicator,
  completeness: Indicator,
  checks: Indicator,
  filings: Indicator,
  misreports: z.object({
    now: z.array(z.object({ kind: MisreportKindKey, count: Count })),
    previousTotal: Count,
  }),
  notYetDue: Count,
  groups: z.array(OverviewGroup),
  changes: z.array(OverviewChange),
  changedCount: Count,
  overdue: z.array(OverviewOverdue),
  overdueCount: Count,
  dueSoonCount: Count,
  /** Next holidays whose forms are due; empty when the year's notice is not out. */
  upcoming: z.array(z.object({ holiday: z.string(), firstDayOff: PlainDateText, dueOn: PlainDateText })),
  /** Years whose holiday notice is not known here. */
  unannouncedYears: z.array(z.int()),
})
export type Overview = z.infer<typeof Overview>
