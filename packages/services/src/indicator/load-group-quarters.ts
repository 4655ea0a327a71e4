import { type FrozenQuarterRow, listUnitQuartersOfUnits, type ReadonlyDb, type UnitQuarterRow } from '@zhidu/db'
import type { Quarter, UnitPeriod, UnitSummary } from '@zhidu/domain'
import { listTableMembers, type RankedQuarter, rankQuarter, type TreeDay } from '../league/load-group.ts'
import type { Roster } from '../league/load-roster.ts'
import { loadSummaries } from '../league/load-summaries.ts'
import { fromUnitQuarterRow, holdsAt } from '../league/rollup.ts'
import { loadFrozenRanks } from '../quarter/frozen-view.ts'
import { loadRules } from '../rules/load-rules.ts'

export interface GroupMember {
  readonly period: UnitPeriod
  readonly summary: UnitSummary
}

/** One quarter of one group. */
export interface GroupQuarter {
  readonly quarter: Quarter
  /** Epoch ms. */
  readonly asOf: number
  /** The version it is told by; null = computed. */
  readonly frozen: FrozenQuarterRow | null
  /** null = the unit asked about is in no table of the quarter. */
  readonly group: string | null
  /** In no order. */
  readonly members: readonly GroupMember[]
}

/** Which quarter, as of when, by which version, and whose group of it. */
export interface GroupAsk {
  readonly quarter: Quarter
  readonly asOf: number
  readonly frozen: FrozenQuarterRow | null
}

/** A group by its name, or that of a unit. */
export type GroupChoice = { readonly group: string } | { readonly unitCode: string }

function pickGroup(periods: readonly UnitPeriod[], choice: GroupChoice): string | null {
  const isAsked = (period: UnitPeriod): boolean =>
    'group' in choice ? period.peerGroup === choice.group : period.unitCode === choice.unitCode
  return periods.find(isAsked)?.peerGroup ?? null
}

function fromRanked({ asOf, frozen, groups, quarter }: RankedQuarter, choice: GroupChoice): GroupQuarter {
  const all = [...groups.values()].flat()
  const group = pickGroup(
    all.map(({ period }) => period),
    choice,
  )
  const members = group === null ? [] : (groups.get(group) ?? [])
  return {
    quarter,
    asOf,
    frozen,
    group,
    members: members.map(({ period, ranked }) => ({ period, summary: ranked.summary })),
  }
}

interface Unmade {
  readonly ask: GroupAsk
  readonly group: string | null
  readonly periods: readonly UnitPeriod[]
}

async function makeQuarter(
  db: ReadonlyDb,
  roster: Roster,
  { ask, group, periods }: Unmade,
  rows: readonly UnitQuarterRow[],
): Promise<GroupQuarter> {
  const { asOf, frozen, quarter } = ask
  const { regulation } = await loadRules(db, quarter)
  const summaries = new Map<string, UnitSummary>()
  for (const row of rows) {
    if (row.quarter === quarter && holdsAt(row, asOf, regulation)) summaries.set(row.unitCode, fromUnitQuarterRow(row))
  }
  const unitCodes = periods.map(({ unitCode }) => unitCode).filter((unitCode) => !summaries.has(unitCode))
  const others = unitCodes.length === 0 ? null : await loadSummaries(db, { roster, quarter, asOf, unitCodes })
  const members = periods.flatMap((period) => {
    const summary = summaries.get(period.unitCode) ?? others?.get(period.unitCode)
    return summary === undefined ? [] : [{ period, summary }]
  })
  return { quarter, asOf, frozen, group, members }
}

/**
 * A group's quarters, in the order asked for, reading no more than the group: rollups of all of them in one statement, what does not hold
 * from its facts. By today's tree (`day`) every table is computed, for units bear the facts of others there.
 */
export async function loadGroupQuarters(
  db: ReadonlyDb,
  roster: Roster,
  args: { readonly asks: readonly GroupAsk[]; readonly choice: GroupChoice; readonly day: TreeDay },
): Promise<GroupQuarter[]> {
  const { asks, choice, day } = args
  const unmade: Unmade[] = asks
    .filter(({ frozen }) => frozen === null && day === null)
    .map((ask) => {
      const periods = listTableMembers(roster, ask.quarter, null).map(({ period }) => period)
      const group = pickGroup(periods, choice)
      return { ask, group, periods: periods.filter(({ peerGroup }) => peerGroup === group) }
    })
  const unitCodes = [...new Set(unmade.flatMap(({ periods }) => periods.map(({ unitCode }) => unitCode)))]
  const rows = await listUnitQuartersOfUnits(db, { unitCodes, quarters: unmade.map(({ ask }) => ask.quarter) })
  const found: GroupQuarter[] = []
  for (const ask of asks) {
    const mine = unmade.find((one) => one.ask === ask)
    if (mine !== undefined) found.push(await makeQuarter(db, roster, mine, rows))
    else if (ask.frozen !== null) found.push(fromRanked(await loadFrozenRanks(db, ask.frozen), choice))
    else found.push(fromRanked(await rankQuarter(db, roster, ask.quarter, ask.asOf, day), choice))
  }
  return found
}
