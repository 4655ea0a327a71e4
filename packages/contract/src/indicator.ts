import { INDICATORS } from '@zhidu/domain'
import { z } from 'zod'
import { LeagueInput } from './league.ts'
import { UnitInput } from './unit.ts'
import { BreakKey, Count, PlainDateText, Provenance, QuarterText, RatioCounts, TreeKey } from './values.ts'

export const IndicatorKey = z.enum(INDICATORS)

/** Shares of one unit or group, as counts. */
export const IndicatorCounts = z.object({
  timeliness: RatioCounts,
  completeness: RatioCounts,
  checks: RatioCounts,
  filings: RatioCounts,
})
/** Shares alone, 0 to 1; null = nobody had an opportunity, or fewer than three units did. */
export const IndicatorShares = z.object({
  timeliness: z.number().nullable(),
  completeness: z.number().nullable(),
  checks: z.number().nullable(),
  filings: z.number().nullable(),
})
export type IndicatorShares = z.infer<typeof IndicatorShares>

export const IndicatorGroupInput = LeagueInput
export const IndicatorRow = z.object({
  unitCode: z.string(),
  name: z.string(),
  shortName: z.string().nullable(),
  counts: IndicatorCounts,
})
export type IndicatorRow = z.infer<typeof IndicatorRow>

/** Peers out of the reader's reach: how their shares lie, in whole percent from high to low, without whose or of how many. */
export const IndicatorPeers = z.object({
  count: Count,
  shares: z.object({
    timeliness: z.array(Count),
    completeness: z.array(Count),
    checks: z.array(Count),
    filings: z.array(Count),
  }),
})
export type IndicatorPeers = z.infer<typeof IndicatorPeers>

/** A group's quarter by its shares. */
export const IndicatorGroup = z.object({
  quarter: QuarterText,
  group: z.string(),
  tree: TreeKey,
  treeDay: PlainDateText,
  provenance: Provenance,
  unitCount: Count,
  /** Units in reach, in official order. */
  rows: z.array(IndicatorRow),
  /** Of the whole group, to four decimals. */
  groupShares: IndicatorShares,
  /** null = the whole group is in reach. */
  peers: IndicatorPeers.nullable(),
})
export type IndicatorGroup = z.infer<typeof IndicatorGroup>

export const IndicatorTrendInput = UnitInput
export const IndicatorTrendMonth = z.object({
  /** `2026-07` */
  month: z.string(),
  counts: IndicatorCounts,
})
/** A quarter of a unit's series. */
export const IndicatorTrendQuarter = z.object({
  quarter: QuarterText,
  /** null = in no table of the quarter. */
  group: z.string().nullable(),
  counts: IndicatorCounts,
  groupShares: IndicatorShares,
  /** What keeps it from being compared with the quarter before; the first is null. */
  break: BreakKey.nullable(),
  /** Other rules than the quarter before. */
  isRuleChange: z.boolean(),
  months: z.array(IndicatorTrendMonth),
})
export type IndicatorTrendQuarter = z.infer<typeof IndicatorTrendQuarter>
export const IndicatorTrend = z.object({
  quarter: QuarterText,
  tree: TreeKey,
  provenance: Provenance,
  unit: z.object({ unitCode: z.string(), name: z.string(), peerGroup: z.string() }),
  /** Oldest first, from the first with facts, at most eight; the last is the one asked about. */
  quarters: z.array(IndicatorTrendQuarter),
})
export type IndicatorTrend = z.infer<typeof IndicatorTrend>

/** Queries of the downloads of both. */
export const IndicatorGroupExportInput = IndicatorGroupInput.extend({ lang: z.string().max(20).optional() })
export const IndicatorTrendExportInput = IndicatorTrendInput.extend({ lang: z.string().max(20).optional() })
