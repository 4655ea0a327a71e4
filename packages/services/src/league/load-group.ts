import { type FrozenQuarterRow, listFrozenQuarters, type ReadonlyDb } from '@zhidu/db'
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
import { loadFrozenRanks } from '../quarter/frozen-view.ts'
import type { AskedInstant } from '../rules/as-of.ts'
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
  /** Epoch ms. */
  readonly asOf: number
  /** The version it is told by; null = computed. */
  readonly frozen: FrozenQuarterRow | null
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
  return { quarter, asOf, frozen: null, groups, byUnit }
}

/**
 * A quarter gone by, as it was known at an instant (epoch ms): by the frozen version that was there then, else as of its end,
 * but never later than the instant.
 */
export async function rankPastQuarter(
  db: ReadonlyDb,
  roster: Roster,
  quarter: Quarter,
  asOf: number,
): Promise<RankedQuarter> {
  const frozen = (await listFrozenQuarters(db, quarter)).find((version) => version.asOf <= asOf)
  if (frozen !== undefined) return await loadFrozenRanks(db, frozen)
  return await rankQuarter(db, roster, quarter, Math.min(quarterEndOf(quarter), asOf))
}

/** How many quarters a trend shows, the one asked about included. */
export const TREND_QUARTERS = 4

/**
 * A quarter with those before it, oldest first. The quarter: by its newest frozen version unless an instant is asked about
 * (`when.isGiven`), else as of that instant; the earlier ones as they were known then.
 */
export async function rankWithHistory(
  db: ReadonlyDb,
  quarter: Quarter,
  when: AskedInstant,
  count = TREND_QUARTERS,
): Promise<{ readonly roster: Roster; readonly current: RankedQuarter; readonly history: readonly RankedQuarter[] }> {
  const roster = await loadRoster(db)
  const frozen = when.isGiven ? undefined : (await listFrozenQuarters(db, quarter))[0]
  const current =
    frozen === undefined ? await rankQuarter(db, roster, quarter, when.asOf) : await loadFrozenRanks(db, frozen)
  const history: RankedQuarter[] = []
  for (let step = count - 1; step > 0; step -= 1) {
    history.push(await rankPastQuarter(db, roster, shiftQuarter(quarter, -step), current.asOf))
  }
  return { roster, current, history }
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
