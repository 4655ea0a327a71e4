import { asReadonly, type OpenDatabase, withTransaction } from '@zhidu/db'
import { DAY_MS, localDateOf, startOfLocalDay } from '@zhidu/domain'
import { getLeague, getLeagueTable, refreshUnitQuarters } from '@zhidu/services'
import type { ProvinceFacts } from '../dataset/province-facts.ts'
import { type LeagueRecord, toLeagueRecords } from '../peers/league-record.ts'
import type { LeagueQuestion } from '../peers/plain-sql.ts'

function contextOf(database: OpenDatabase, asOf: number) {
  return { db: database.db, report: database.db, clock: () => asOf, actor: { kind: 'local', name: 'bench' } as const }
}

/** The dashboard's league table: the quarter asked about, the ranks of the one before and the trend over four. */
export async function askLeagueTable(
  database: OpenDatabase,
  { asOf, group, quarter }: LeagueQuestion,
): Promise<LeagueRecord[]> {
  return toLeagueRecords(await getLeagueTable(contextOf(database, asOf), { quarter, group }))
}

/** The document of `zhidu league --json`: every deduction with its reference, from the facts. */
export async function askLeagueDocument(database: OpenDatabase, question: LeagueQuestion): Promise<number> {
  const { asOf, group, quarter } = question
  const league = await getLeague(contextOf(database, asOf), { quarter, group })
  return league.rows.length
}

/** Every rollup of the quarter from the facts, in one transaction. */
export async function refreshAll(database: OpenDatabase, facts: ProvinceFacts, asOf: number): Promise<void> {
  const unitCodes = new Set(facts.units.map((unit) => unit.unitCode))
  const touched = [...unitCodes].map((unitCode) => ({ unitCode, quarter: facts.quarter }))
  await withTransaction(database.db, (trx) => refreshUnitQuarters(trx, { touched, asOf, obligations: null }), {
    statementTimeoutSeconds: 3_600,
  })
}

/** 10:30 local time of a day in the middle of the quarter: events are open, slots and forms are coming. */
export function midQuarter({ from, to }: { readonly from: number; readonly to: number }): number {
  return startOfLocalDay(localDateOf((from + to) / 2)) + 10.5 * (DAY_MS / 24)
}

/** How many of the quarter's present rollups hold at an instant, and how many there are. */
export async function countHolding(
  database: OpenDatabase,
  question: LeagueQuestion,
): Promise<{ count: number; total: number }> {
  const rows = await asReadonly(database.db)
    .selectFrom('unit_quarter')
    .select(['steady_from', 'steady_until'])
    .where('quarter', '=', question.quarter)
    .where('basis', '=', 'latest')
    .execute()
  const holding = rows.filter(
    (row) =>
      (row.steady_from === null || row.steady_from <= question.asOf) &&
      (row.steady_until === null || question.asOf < row.steady_until),
  )
  return { count: holding.length, total: rows.length }
}
