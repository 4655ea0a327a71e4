import type { OverviewOverdue } from '@zhidu/contract'
import type { FrozenQuarterRow, ReadonlyDb } from '@zhidu/db'
import { judgeFilings, type Quarter, type StandingFacts, toLocalIso } from '@zhidu/domain'
import type { JudgedCase } from '../event/load-judgements.ts'
import { type RankedMember, sourcesOf } from '../league/load-group.ts'
import type { Roster } from '../league/load-roster.ts'
import { loadStandingFacts } from '../league/load-standing-facts.ts'
import { loadFrozenUnits } from '../quarter/frozen-view.ts'
import type { Rules } from '../rules/load-rules.ts'
import { judgeFrozenCases } from '../unit/judge-frozen-cases.ts'
import { loadUnitCases } from '../unit/load-unit-cases.ts'

/** The page shows the most pressing; the counts beside it are whole. */
export const MAX_LISTED = 40

interface OverdueArgs {
  readonly members: readonly RankedMember[]
  readonly quarter: Quarter
  readonly roster: Roster
  readonly rules: Rules
  readonly asOf: number
  /** The version the quarter is told by; null = what is on record. */
  readonly frozen: FrozenQuarterRow | null
}

async function loadCases(db: ReadonlyDb, unitCode: string, args: OverdueArgs): Promise<JudgedCase[]> {
  if (args.frozen === null) return await loadUnitCases(db, { ...args, unitCode })
  const units = await loadFrozenUnits(db, { frozenId: args.frozen.frozenId, unitCodes: [unitCode] })
  return [...units.values()].flatMap((unit) => judgeFrozenCases(unit, args))
}

async function loadStanding(
  db: ReadonlyDb,
  unitCodes: readonly string[],
  { frozen, quarter, roster }: OverdueArgs,
): Promise<Map<string, StandingFacts>> {
  if (frozen === null) return await loadStandingFacts(db, { unitCodes, periodsOf: roster.periodsOf, quarter })
  const units = await loadFrozenUnits(db, { frozenId: frozen.frozenId, unitCodes })
  return new Map([...units].map(([unitCode, { facts }]) => [unitCode, facts]))
}

type Dated = OverviewOverdue & { readonly at: number }

async function listReports(db: ReadonlyDb, member: RankedMember, args: OverdueArgs): Promise<Dated[]> {
  const { unitCode } = member.period
  const cases = await loadCases(db, unitCode, args)
  return cases.flatMap(({ judgement, unitName }) => {
    const { outcome, dueAt } = judgement.written
    if (judgement.standing !== 'counts' || (outcome !== 'missing' && outcome !== 'not_yet_due')) return []
    return {
      kind: 'report' as const,
      state: outcome === 'missing' ? ('overdue' as const) : ('due_soon' as const),
      unitCode,
      unitName,
      eventCode: judgement.eventCode,
      level: judgement.level,
      dueAt: toLocalIso(dueAt),
      at: dueAt,
    }
  })
}

async function listFilings(db: ReadonlyDb, members: readonly RankedMember[], args: OverdueArgs): Promise<Dated[]> {
  const { asOf, quarter, rules } = args
  const unitCodes = members.map(({ period }) => period.unitCode)
  const standing = await loadStanding(db, unitCodes, args)
  return members.flatMap(({ period }) => {
    const facts = standing.get(period.unitCode)
    if (facts === undefined) return []
    return judgeFilings({ ...facts, ...rules, quarter, asOf }).flatMap((filing) => {
      if (filing.outcome !== 'missing' && filing.outcome !== 'not_yet_due') return []
      return {
        kind: 'filing' as const,
        state: filing.outcome === 'missing' ? ('overdue' as const) : ('due_soon' as const),
        unitCode: period.unitCode,
        unitName: period.name,
        holiday: filing.holiday,
        form: filing.form,
        dueAt: toLocalIso(filing.dueAt),
        at: filing.dueAt,
      }
    })
  })
}

/** Reads only units whose summary says that something is open, until the list is full. */
async function collect(
  members: readonly RankedMember[],
  isOpen: (member: RankedMember) => boolean,
  list: (batch: readonly RankedMember[]) => Promise<Dated[]>,
  batchSize: number,
): Promise<Dated[]> {
  const open = members.filter(isOpen)
  const found: Dated[] = []
  for (let start = 0; start < open.length && found.length < MAX_LISTED; start += batchSize) {
    found.push(...(await list(open.slice(start, start + batchSize))))
  }
  return found
}

/** Reports and forms owed and not there: overdue ones first, the latest limit first, then those still to come, soonest first. */
export async function listOverdue(db: ReadonlyDb, args: OverdueArgs): Promise<OverviewOverdue[]> {
  // Each unit owes what it owes itself, whoever bears it today.
  const members = args.members.flatMap((member) =>
    sourcesOf(member).map((unitCode) => ({ ...member, period: { ...member.period, unitCode } })),
  )
  const reports = await collect(
    members,
    ({ ranked }) => ranked.summary.timeliness.missing + ranked.summary.timeliness.notYetDue > 0,
    async (batch) => {
      const lists = []
      for (const member of batch) lists.push(await listReports(db, member, args))
      return lists.flat()
    },
    1,
  )
  const filings = await collect(
    members,
    ({ ranked }) => ranked.summary.filings.missing + ranked.summary.filings.notYetDue > 0,
    (batch) => listFilings(db, batch, args),
    100,
  )
  const all = [...reports, ...filings]
  const overdue = all.filter(({ state }) => state === 'overdue').sort((a, b) => b.at - a.at)
  const dueSoon = all.filter(({ state }) => state === 'due_soon').sort((a, b) => a.at - b.at)
  return [...overdue, ...dueSoon].slice(0, MAX_LISTED).map(({ at: _, ...item }) => item)
}
