import type { Level } from '@zhidu/domain'
import { sql } from 'kysely'
import { kept } from '../connection/kept.ts'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope, listFewUnits } from '../transaction/scope.ts'
import { askTogether } from '../transaction/ask-together.ts'
import { type CaseCount, countQuery, startsInRange } from './count-cases.ts'
import type { CaseKey, InstantRange } from './list-case-reports.ts'
import { ofUnit } from './of-unit.ts'

/** Place of an event in the list: newest learned first, then by codes. */
export interface CaseCursor extends CaseKey {
  /** Epoch ms. */
  readonly learnedAt: number
}

/** An event of a unit by its judged row. */
export interface CaseRow extends CaseCursor {
  readonly level: Level
  /** Epoch ms. */
  readonly occurredAt: number
}

export interface CaseFilter {
  /** Empty = every unit. */
  readonly unitCodes: readonly string[]
  /** Events whose judged row occurred or was learned in it. */
  readonly range: InstantRange
  readonly level: Level | null
  /** Part of the event code; null = all. */
  readonly codePart: string | null
}

/** The first `limit` that pass, without a bound on whose they are. */
function passing(db: ReadonlyDb, filter: CaseFilter, after: CaseCursor | null, limit: number) {
  const { codePart, level, range } = filter
  const from = instant(range.from)
  const to = instant(range.to)
  return (
    db
      .selectFrom('event_case')
      .select([
        'event_case.unit_code as unitCode',
        'event_code as eventCode',
        'level',
        'occurred_at as occurredAt',
        'learned_at as learnedAt',
      ])
      // Nothing is learned before it occurred; said here, it bounds the index.
      .where('learned_at', '>=', from)
      // Not as an `or`, for which the planner would leave the order of the list.
      .where(
        sql<boolean>`case when learned_at < ${to} then true else occurred_at >= ${from} and occurred_at < ${to} end`,
      )
      .$if(level !== null, (query) => query.where('level', '=', level as Level))
      .$if(codePart !== null, (query) => query.where(sql<boolean>`strpos(event_code, ${codePart}) > 0`))
      .$if(after !== null, (query) =>
        query.where(
          sql<boolean>`(learned_at, event_code, event_case.unit_code) < (${instant(after?.learnedAt ?? 0)}, ${after?.eventCode ?? ''}, ${after?.unitCode ?? ''})`,
        ),
      )
      .orderBy('learned_at', 'desc')
      .orderBy('event_code', 'desc')
      .orderBy('event_case.unit_code', 'desc')
      .limit(limit)
  )
}

/** Through everything, newest first, until enough are found. */
export function casesQuery(db: ReadonlyDb, filter: CaseFilter, after: CaseCursor | null, limit: number) {
  const { unitCodes } = filter
  return passing(db, filter, after, limit)
    .$if(unitCodes.length > 0, (query) => query.where('unit_code', 'in', unitCodes))
    .$call(inScope(db, 'cases', 'unit_code'))
}

/** The newest of each unit, and of these the newest: when the units are a small part of all. */
export function casesOfFewQuery(
  db: ReadonlyDb,
  filter: CaseFilter,
  units: readonly string[],
  after: CaseCursor | null,
  limit: number,
) {
  return db
    .selectFrom(ofUnit(units))
    .innerJoinLateral(
      () =>
        passing(db, filter, after, limit)
          .whereRef('event_case.unit_code', '=', sql.ref('of_unit.unit_code'))
          .as('found'),
      (join) => join.onTrue(),
    )
    .select(['unitCode', 'eventCode', 'level', 'occurredAt', 'learnedAt'])
    .$call(inScope(db, 'cases', 'of_unit.unit_code'))
    .orderBy('learnedAt', 'desc')
    .orderBy('eventCode', 'desc')
    .orderBy('unitCode', 'desc')
    .limit(limit)
    .$call(kept)
}

function listQuery(db: ReadonlyDb, filter: CaseFilter, after: CaseCursor | null, limit: number) {
  const units = listFewUnits(db, 'cases', filter.unitCodes)
  return units === null ? casesQuery(db, filter, after, limit) : casesOfFewQuery(db, filter, units, after, limit)
}

/** Events of a list, newest learned first. */
export function listCases(
  db: ReadonlyDb,
  filter: CaseFilter,
  after: CaseCursor | null,
  limit: number,
): Promise<CaseRow[]> {
  return listQuery(db, filter, after, limit).execute()
}

/**
 * The same, each with how many of all that pass `count` counts, and how many there are: part of a code is looked for in every
 * row, so that the first page and its total cost one look. Of a unit with more than `perUnit` the newest are looked at.
 */
export function searchedCasesQuery(
  db: ReadonlyDb,
  filter: CaseFilter,
  units: readonly string[],
  { count, limit, perUnit }: { readonly count: CaseCount; readonly limit: number; readonly perUnit: number },
) {
  const counts = sql<boolean>`learned_at <= ${instant(count.asOf)} and ${startsInRange(count)}
    and event_case.unit_code = any (${count.unitCodes}::text[])`
  return db
    .selectFrom(ofUnit(units))
    .innerJoinLateral(
      () =>
        passing(db, filter, null, perUnit)
          .select(counts.as('counts'))
          .whereRef('event_case.unit_code', '=', sql.ref('of_unit.unit_code'))
          .as('found'),
      (join) => join.onTrue(),
    )
    .select(['unitCode', 'eventCode', 'level', 'occurredAt', 'learnedAt'])
    .select([
      sql<string>`count(*) filter (where counts) over ()`.as('counted'),
      sql<string>`count(*) over ()`.as('passing'),
    ])
    .$call(inScope(db, 'cases', 'of_unit.unit_code'))
    .orderBy('learnedAt', 'desc')
    .orderBy('eventCode', 'desc')
    .orderBy('unitCode', 'desc')
    .limit(limit)
    .$call(kept)
}

interface CountedCases {
  readonly cases: CaseRow[]
  readonly counted: number
}

async function searchCounted(
  db: ReadonlyDb,
  filter: CaseFilter,
  units: readonly string[],
  page: { readonly count: CaseCount; readonly limit: number },
): Promise<CountedCases> {
  const { limit } = page.count
  const perUnit = Math.max(page.limit, limit)
  const rows = await searchedCasesQuery(db, filter, units, { ...page, perUnit }).execute()
  const { counted = '0', passing: passed = '0' } = rows[0] ?? {}
  const cases = rows.map(({ counted: _c, passing: _p, ...row }) => row)
  if (Number(counted) >= limit || Number(passed) < perUnit) return { cases, counted: Math.min(Number(counted), limit) }
  const [row] = await countQuery(db, page.count).execute()
  return { cases, counted: Number(row?.count ?? 0) }
}

/** The same with how many events `count` finds, at most its limit. */
export async function listCountedCases(
  db: ReadonlyDb,
  page: { readonly filter: CaseFilter; readonly after: CaseCursor | null; readonly limit: number },
  count: CaseCount,
): Promise<CountedCases> {
  const { after, filter, limit } = page
  const few = listFewUnits(db, 'cases', filter.unitCodes)
  if (filter.codePart !== null && after === null && few !== null) {
    return await searchCounted(db, filter, few, { count, limit })
  }
  const cases = listQuery(db, filter, after, limit)
  if (count.unitCodes.length === 0) return { cases: await cases.execute(), counted: 0 }
  const [rows, [row]] = await askTogether(db, [cases, countQuery(db, count)])
  return { cases: rows, counted: Number(row?.count ?? 0) }
}
