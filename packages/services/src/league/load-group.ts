import type { ReadonlyDb } from '@zhidu/db'
import {
  type Hundredths,
  listMembers,
  type Quarter,
  type RankedUnit,
  rankUnits,
  shiftQuarter,
  type UnitPeriod,
  type UnitSummary,
} from '@zhidu/domain'
import { loadSummaries } from './load-summaries.ts'
import { loadRoster, type Roster } from './load-roster.ts'
import { quarterEndOf } from './rollup.ts'

export interface RankedMember {
  readonly period: UnitPeriod
  readonly ranked: RankedUnit<UnitSummary>
}

/** Every table of one quarter. */
export interface RankedQuarter {
  readonly quarter: Quarter
  /** Members of each peer group in the order of its table; groups in official order of their first unit. */
  readonly groups: ReadonlyMap<string, readonly RankedMember[]>
  readonly byUnit: ReadonlyMap<string, RankedMember>
}

/** Ranks every peer group of a quarter as of an instant (epoch ms). */
export async function rankQuarter(
  db: ReadonlyDb,
  roster: Roster,
  quarter: Quarter,
  asOf: number,
): Promise<RankedQuarter> {
  const summaries = await loadSummaries(db, { roster, quarter, asOf })
  const members = listMembers(roster.periodsOf, quarter)
  const groups = new Map<string, RankedMember[]>()
  const byUnit = new Map<string, RankedMember>()
  for (const [group, periods] of Map.groupBy(members, (period) => period.peerGroup)) {
    const periodOf = new Map(periods.map((period) => [period.unitCode, period]))
    const ranked = rankUnits(
      periods.flatMap((period) => summaries.get(period.unitCode) ?? []),
      roster.position,
    ).flatMap((one) => {
      const period = periodOf.get(one.summary.unitCode)
      return period === undefined ? [] : [{ period, ranked: one }]
    })
    groups.set(group, ranked)
    for (const member of ranked) byUnit.set(member.period.unitCode, member)
  }
  return { quarter, groups, byUnit }
}

/** How many quarters a trend shows, the one asked about included. */
export const TREND_QUARTERS = 4

/** A quarter with those before it, oldest first: the earlier ones as of their end, but never later than `asOf`. */
export async function rankWithHistory(
  db: ReadonlyDb,
  quarter: Quarter,
  asOf: number,
  count = TREND_QUARTERS,
): Promise<{ readonly roster: Roster; readonly current: RankedQuarter; readonly history: readonly RankedQuarter[] }> {
  const roster = await loadRoster(db)
  const history: RankedQuarter[] = []
  for (let step = count - 1; step > 0; step -= 1) {
    const earlier = shiftQuarter(quarter, -step)
    history.push(await rankQuarter(db, roster, earlier, Math.min(quarterEndOf(earlier), asOf)))
  }
  return { roster, current: await rankQuarter(db, roster, quarter, asOf), history }
}

/** Scores in hundredths over the quarters of `history` and `current`, oldest first. */
export function trendOf(unitCode: string, quarters: readonly RankedQuarter[]): (Hundredths | null)[] {
  return quarters.map((one) => one.byUnit.get(unitCode)?.ranked.summary.score ?? null)
}

/** Keeps the units that pass; groups that keep none go. Places stay those of the whole group. */
export function narrowQuarter(whole: RankedQuarter, isKept: (unitCode: string) => boolean): RankedQuarter {
  const groups = new Map(
    [...whole.groups].flatMap(([group, members]) => {
      const kept = members.filter(({ period }) => isKept(period.unitCode))
      return kept.length === 0 ? [] : [[group, kept] as const]
    }),
  )
  return { ...whole, groups, byUnit: new Map([...whole.byUnit].filter(([unitCode]) => isKept(unitCode))) }
}
