import { type FrozenQuarterRow, listFrozenQuarters, type ReadonlyDb } from '@zhidu/db'
import {
  breakBetween,
  finishSummary,
  type Hundredths,
  listMembers,
  listPresentMembers,
  type PlainDate,
  type PresentUnit,
  type Quarter,
  type RankedUnit,
  rankUnits,
  shiftQuarter,
  type TreeBreak,
  type UnitPeriod,
  type TalliedSummary,
  type UnitSummary,
  type UnitTally,
} from '@zhidu/domain'
import { loadFrozenRanks } from '../quarter/frozen-view.ts'
import type { AskedInstant } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { joinUnits, summarizeWithoutFacts } from './assess-units.ts'
import { loadRoster, type Roster } from './load-roster.ts'
import { loadSummaries } from './load-summaries.ts'
import { quarterEndOf } from './rollup.ts'

export interface RankedMember {
  readonly period: UnitPeriod
  readonly ranked: RankedUnit<UnitSummary>
  /** null = of a frozen quarter: `loadFrozenTallies`. */
  readonly tally: UnitTally | null
  /** null = by the tree of then, in which every unit bears its own facts alone. */
  readonly present: PresentUnit | null
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

/** By which tree: null = that of the quarter's last day, else that of this day. */
export type TreeDay = PlainDate | null

interface Member {
  readonly period: UnitPeriod
  readonly present: PresentUnit | null
}

/** The units in the tables of a quarter, by the tree of its last day or of another day. */
export function listTableMembers(roster: Roster, quarter: Quarter, day: TreeDay): Member[] {
  if (day === null) return listMembers(roster.periodsOf, quarter).map((period) => ({ period, present: null }))
  return listPresentMembers(roster, quarter, day).map((present) => ({ period: present.period, present }))
}

/** Codes whose facts a member bears. */
export function sourcesOf({ period, present }: Member): readonly string[] {
  return present === null ? [period.unitCode] : present.sources
}

/** What the members come to: from the rollups where a unit bears its own facts alone, else joined from the facts. */
async function loadMemberSummaries(
  db: ReadonlyDb,
  members: readonly Member[],
  args: { readonly roster: Roster; readonly quarter: Quarter; readonly asOf: number },
): Promise<Map<string, TalliedSummary>> {
  const codeOf = ({ period }: Member): string => period.unitCode
  const isAlone = (member: Member): boolean => {
    const sources = sourcesOf(member)
    return sources.length === 1 && sources[0] === codeOf(member)
  }
  const summaries = await loadSummaries(db, { ...args, unitCodes: members.filter(isAlone).map(codeOf) })
  const others = members.filter((member) => !isAlone(member))
  if (others.length === 0) return summaries
  const rules = await loadRules(db, args.quarter)
  const units = others
    .filter((member) => sourcesOf(member).length > 0)
    .map((member) => ({ unitCode: codeOf(member), sources: sourcesOf(member) }))
  const scope = { periodsOf: args.roster.periodsOf, quarter: args.quarter, rules, asOf: args.asOf }
  for (const summary of await joinUnits(db, { ...scope, units }, false, finishSummary)) {
    summaries.set(summary.unitCode, summary)
  }
  const unitCodes = others.filter((member) => sourcesOf(member).length === 0).map(codeOf)
  for (const summary of summarizeWithoutFacts({ ...scope, periodsOf: new Map(), unitCodes })) {
    summaries.set(summary.unitCode, summary)
  }
  return summaries
}

/** Ranks every peer group of a quarter as of an instant (epoch ms). */
export async function rankQuarter(
  db: ReadonlyDb,
  roster: Roster,
  quarter: Quarter,
  asOf: number,
  day: TreeDay = null,
): Promise<RankedQuarter> {
  const members = listTableMembers(roster, quarter, day)
  const summaries = await loadMemberSummaries(db, members, { roster, quarter, asOf })
  const groups = new Map<string, RankedMember[]>()
  const byUnit = new Map<string, RankedMember>()
  for (const [group, some] of Map.groupBy(members, ({ period }) => period.peerGroup)) {
    const memberOf = new Map(some.map((member) => [member.period.unitCode, member]))
    const ranked = rankUnits(
      some.flatMap(({ period }) => summaries.get(period.unitCode) ?? []),
      roster.position,
    ).flatMap((one) => {
      const member = memberOf.get(one.summary.unitCode)
      return member === undefined ? [] : [{ ...member, ranked: one, tally: one.summary.tally }]
    })
    groups.set(group, ranked)
    for (const member of ranked) byUnit.set(member.period.unitCode, member)
  }
  return { quarter, asOf, frozen: null, groups, byUnit }
}

/**
 * A quarter gone by, as it was known at an instant (epoch ms): by the frozen version that was there then, else as of its end,
 * but never later than the instant. A frozen version is of the tree of then; by today's it is computed.
 */
export async function rankPastQuarter(
  db: ReadonlyDb,
  roster: Roster,
  quarter: Quarter,
  asOf: number,
  day: TreeDay = null,
): Promise<RankedQuarter> {
  const versions = day === null ? await listFrozenQuarters(db, quarter) : []
  const frozen = versions.find((version) => version.asOf <= asOf)
  if (frozen !== undefined) return await loadFrozenRanks(db, frozen)
  return await rankQuarter(db, roster, quarter, Math.min(quarterEndOf(quarter), asOf), day)
}

/** How many quarters a trend shows, the one asked about included. */
export const TREND_QUARTERS = 4

/**
 * A quarter with those before it, oldest first. The quarter: by its newest frozen version unless an instant (`when.isGiven`) or
 * another tree is asked about, else as of that instant; the earlier ones as they were known then.
 */
export async function rankWithHistory(
  db: ReadonlyDb,
  quarter: Quarter,
  when: AskedInstant,
  day: TreeDay = null,
): Promise<{ readonly roster: Roster; readonly current: RankedQuarter; readonly history: readonly RankedQuarter[] }> {
  const roster = await loadRoster(db)
  const [frozen] = when.isGiven || day !== null ? [] : await listFrozenQuarters(db, quarter)
  const current =
    frozen === undefined ? await rankQuarter(db, roster, quarter, when.asOf, day) : await loadFrozenRanks(db, frozen)
  const history: RankedQuarter[] = []
  for (let step = TREND_QUARTERS - 1; step > 0; step -= 1) {
    history.push(await rankPastQuarter(db, roster, shiftQuarter(quarter, -step), current.asOf, day))
  }
  return { roster, current, history }
}

/** Scores in hundredths over the quarters of `history` and `current`, oldest first. */
export function trendOf(unitCode: string, quarters: readonly RankedQuarter[]): (Hundredths | null)[] {
  return quarters.map((one) => one.byUnit.get(unitCode)?.ranked.summary.score ?? null)
}

/**
 * What keeps each quarter from being compared with the one before it; the first is null. By today's tree a merged or moved
 * unit is one and the same all through; what was split off was not.
 */
export function breaksOf(
  unitCode: string,
  quarters: readonly RankedQuarter[],
  roster: Roster,
  day: TreeDay,
): (TreeBreak | null)[] {
  return quarters.map(({ quarter }, index) => {
    const before = quarters[index - 1]
    const found = before === undefined ? null : breakBetween(unitCode, before.quarter, quarter, roster)
    return day === null || found === 'split' ? found : null
  })
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
