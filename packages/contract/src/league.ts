import { ONLY_CHOICES, SORT_KEYS } from '@zhidu/domain'
import { z } from 'zod'
import {
  BreakKey,
  CheckCounts,
  Count,
  DeductionCodeKey,
  DimensionKey,
  DimensionPoints,
  FlagKey,
  GradeWord,
  Instant,
  Points,
  Provenance,
  QuarterText,
  RatioCounts,
  PlainDateText,
  RegulationRef,
  TimelinessCounts,
  TreeKey,
} from './values.ts'

export const LeagueInput = z.strictObject({
  quarter: QuarterText,
  group: z.string().min(1).max(100),
  /** Missing = now. */
  asOf: Instant.optional(),
  tree: TreeKey.optional(),
})
export type LeagueInput = z.infer<typeof LeagueInput>

export const LeagueDeduction = z.object({
  dimension: DimensionKey,
  code: DeductionCodeKey,
  points: Points,
  ref: z.string(),
  at: Instant,
})
export type LeagueDeduction = z.infer<typeof LeagueDeduction>

/** One row of `zhidu league --json`; interchange contract §6. Field order is the order on the wire. */
export const LeagueRow = z.object({
  rank: Count.nullable(),
  tied: z.boolean(),
  unitCode: z.string(),
  name: z.string(),
  score: Points.nullable(),
  grade: GradeWord.nullable(),
  dimensions: DimensionPoints,
  bonus: Points,
  timeliness: TimelinessCounts,
  completeness: RatioCounts,
  checks: CheckCounts,
  commendable: z.boolean(),
  flags: z.array(FlagKey),
  /** Of the official score; null = not measured, or nobody to be ranked with. The table on screen does not wait for it: `league.standing`. */
  rankInterval: z.object({ low: Count, high: Count, level: z.number() }).nullable(),
  previousRank: Count.nullable(),
  deductions: z.array(LeagueDeduction),
})
export type LeagueRow = z.infer<typeof LeagueRow>

export const League = z.object({
  quarter: QuarterText,
  group: z.string(),
  asOf: Instant,
  regulation: RegulationRef,
  methodVersion: z.string(),
  rows: z.array(LeagueRow),
})
export type League = z.infer<typeof League>

/** How a row stands in today's tree. */
export const PresentStanding = z.object({
  /** False = closed since, without a successor. */
  isOpen: z.boolean(),
  /** Others were split off it since; what they did then stays with it. */
  isSplit: z.boolean(),
  /** Codes of the units merged into it whose facts it bears. */
  mergedCodes: z.array(z.string()),
})
export type PresentStanding = z.infer<typeof PresentStanding>

/** The dashboard's row: no list of deductions, but what the table draws. */
export const LeagueTableRow = LeagueRow.omit({ deductions: true }).extend({
  shortName: z.string().nullable(),
  /** Sum of the deductions before the stop at 0; ≥ 0. */
  lost: DimensionPoints,
  deductionCount: Count,
  /** Only in methods that score workload, or go by items. */
  workload: Points.optional(),
  items: z.object({ count: Count, points: Points }).optional(),
  /** Scores of this quarter and the three before, oldest first; null = not measured or not in a table. */
  trend: z.array(Points.nullable()),
  /** What keeps each quarter of the trend from being compared with the one before it; the first is null. */
  breaks: z.array(BreakKey.nullable()),
  /** null = the table is read by the tree of then. */
  present: PresentStanding.nullable(),
})
export type LeagueTableRow = z.infer<typeof LeagueTableRow>

/** Group line under the table: means of points over measured units (null when there is none), sums of counts. */
export const LeagueTotal = z.object({
  unitCount: Count,
  measuredCount: Count,
  meanScore: Points.nullable(),
  meanLost: DimensionPoints.nullable(),
  timeliness: TimelinessCounts,
  completeness: RatioCounts,
  checks: CheckCounts,
  trend: z.array(Points.nullable()),
})
export type LeagueTotal = z.infer<typeof LeagueTotal>

/** Peers out of the reader's reach: how they lie, without who or why. Both lists are empty when fewer than three are measured. */
export const LeaguePeers = z.object({
  /** Units of the group that are not among the rows. */
  count: Count,
  /** Every unit of the group, those of the rows included: scores from high to low, not measured ones left out. */
  scores: z.array(Points),
  /** The first three places of the group by name, ties included. */
  top: z.array(z.object({ rank: Count, tied: z.boolean(), name: z.string(), score: Points })),
})
export type LeaguePeers = z.infer<typeof LeaguePeers>

export const LeagueTable = z.object({
  quarter: QuarterText,
  group: z.string(),
  tree: TreeKey,
  /** The day whose tree it is. */
  treeDay: PlainDateText,
  provenance: Provenance,
  /** Units in reach, with their places in the whole group. */
  rows: z.array(LeagueTableRow),
  /** With `peers`, counts are of the rows alone; means are of the whole group, null when fewer than three are measured. */
  total: LeagueTotal,
  /** Years in which forms due in the quarter may lie and whose holidays are not announced: what is due then is not counted. */
  unannouncedYears: z.array(z.int()),
  /** null = the whole group is in reach. */
  peers: LeaguePeers.nullable(),
  /** Units of the group in reach that were closed within the quarter and so stand in no table; empty by today's tree. */
  closed: z.array(
    z.object({
      unitCode: z.string(),
      name: z.string(),
      /** The first day it was closed. */
      closedOn: PlainDateText,
      /** What it owed until then; null = not kept in a frozen quarter. */
      counts: TimelinessCounts.nullable(),
    }),
  ),
})
export type LeagueTable = z.infer<typeof LeagueTable>

/** A column, or `-` before it: high first. */
const LeagueSortKey = z.enum([...SORT_KEYS, ...SORT_KEYS.map((key) => `-${key}` as const)])

/** Query of `/files/league.xlsx`: the table as it is on screen. */
export const LeagueExportInput = LeagueInput.extend({
  search: z.string().max(100).optional(),
  grade: GradeWord.optional(),
  only: z.enum(ONLY_CHOICES).optional(),
  sort: LeagueSortKey.optional(),
  lang: z.string().max(20).optional(),
  columns: z.string().max(400).optional(),
})
export type LeagueExportInput = z.infer<typeof LeagueExportInput>
