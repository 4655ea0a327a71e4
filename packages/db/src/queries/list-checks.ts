import type { CheckFact, CheckMethod, Finding } from '@zhidu/domain'
import { sql } from 'kysely'
import { kept } from '../connection/kept.ts'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import type { InstantRange } from './list-case-reports.ts'
import { askTogether } from '../transaction/ask-together.ts'
import { inScope, listFewUnits } from '../transaction/scope.ts'
import { ofUnit } from './of-unit.ts'

export interface CheckFilter {
  readonly range: InstantRange
  /** Empty = every unit. */
  readonly unitCodes: readonly string[]
  readonly method: CheckMethod | null
  readonly finding: Finding | null
  /** Part of the check code. */
  readonly codePart: string | null
}

/** Place of a check in the list: newest first, then by code. */
export interface CheckCursor {
  /** Epoch ms. */
  readonly checkedAt: number
  readonly checkCode: string
}

/** Far more than one unit is checked in a quarter: a page of few units and its total cost one look as long as none has so many. */
const MANY_OF_A_UNIT = 256

/** Those that pass, without a bound on whose they are. */
function passing(db: ReadonlyDb, filter: CheckFilter) {
  const { codePart, finding, method, range } = filter
  return db
    .selectFrom('check_record')
    .where('check_record.replaced_at', 'is', null)
    .where('checked_at', '>=', instant(range.from))
    .where('checked_at', '<', instant(range.to))
    .$if(method !== null, (query) => query.where('method', '=', method as CheckMethod))
    .$if(finding !== null, (query) => query.where(sql<boolean>`${finding} = any (findings)`))
    .$if(codePart !== null, (query) => query.where(sql<boolean>`strpos(check_code, ${codePart}) > 0`))
}

/** The first `limit` from a place on. */
function page(db: ReadonlyDb, filter: CheckFilter, after: CheckCursor | null, limit: number) {
  return passing(db, filter)
    .select([
      'check_code as checkCode',
      'check_record.unit_code as unitCode',
      'method',
      'checked_at as checkedAt',
      'inspectors',
      'findings',
      'note',
    ])
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(checked_at, check_code) < (${instant(after?.checkedAt ?? 0)}, ${after?.checkCode ?? ''})`,
      ),
    )
    .orderBy('checked_at', 'desc')
    .orderBy('check_code', 'desc')
    .limit(limit)
}

/** Through everything, newest first, until enough are found. */
export function checksQuery(db: ReadonlyDb, filter: CheckFilter, after: CheckCursor | null, limit: number) {
  const { unitCodes } = filter
  return page(db, filter, after, limit)
    .$if(unitCodes.length > 0, (query) => query.where('unit_code', 'in', unitCodes))
    .$call(inScope(db, 'checks', 'unit_code'))
}

/** The newest of each unit, and of these the newest: when the units are a small part of all. */
function ofFewQuery(
  db: ReadonlyDb,
  filter: CheckFilter,
  units: readonly string[],
  { after, limit, perUnit }: { readonly after: CheckCursor | null; readonly limit: number; readonly perUnit: number },
) {
  return db
    .selectFrom(ofUnit(units))
    .innerJoinLateral(
      () =>
        page(db, filter, after, perUnit)
          .whereRef('check_record.unit_code', '=', sql.ref('of_unit.unit_code'))
          .as('found'),
      (join) => join.onTrue(),
    )
    .select(['checkCode', 'unitCode', 'method', 'checkedAt', 'inspectors', 'findings', 'note'])
    .$call(inScope(db, 'checks', 'of_unit.unit_code'))
    .orderBy('checkedAt', 'desc')
    .orderBy('checkCode', 'desc')
    .limit(limit)
}

export function checksOfFewQuery(
  db: ReadonlyDb,
  filter: CheckFilter,
  units: readonly string[],
  after: CheckCursor | null,
  limit: number,
) {
  return ofFewQuery(db, filter, units, { after, limit, perUnit: limit }).$call(kept)
}

/** A first page, each row with how many were looked at: all there are, as long as no unit has `perUnit`. */
function countedChecksQuery(db: ReadonlyDb, filter: CheckFilter, units: readonly string[], limit: number) {
  return ofFewQuery(db, filter, units, { after: null, limit, perUnit: Math.max(limit, MANY_OF_A_UNIT) })
    .select(sql<string>`count(*) over ()`.as('passing'))
    .$call(kept)
}

function listQuery(db: ReadonlyDb, filter: CheckFilter, after: CheckCursor | null, limit: number) {
  const units = listFewUnits(db, 'checks', filter.unitCodes)
  return units === null ? checksQuery(db, filter, after, limit) : checksOfFewQuery(db, filter, units, after, limit)
}

/** Current checks of a list, newest first. */
export function listChecks(
  db: ReadonlyDb,
  filter: CheckFilter,
  after: CheckCursor | null,
  limit: number,
): Promise<CheckFact[]> {
  return listQuery(db, filter, after, limit).execute()
}

export function countChecksQuery(db: ReadonlyDb, filter: CheckFilter, limit: number) {
  const { unitCodes } = filter
  const some = passing(db, filter)
    .select('unit_code')
    .$if(unitCodes.length > 0, (query) => query.where('unit_code', 'in', unitCodes))
    .$call(inScope(db, 'count-checks', 'unit_code'))
    .limit(limit)
  return db.selectFrom(some.as('some')).select((eb) => eb.fn.countAll<number>().as('count'))
}

export function countChecksOfFewQuery(db: ReadonlyDb, filter: CheckFilter, units: readonly string[], limit: number) {
  const some = db
    .selectFrom(ofUnit(units))
    .innerJoinLateral(
      () =>
        passing(db, filter)
          .select('check_record.unit_code')
          .whereRef('check_record.unit_code', '=', sql.ref('of_unit.unit_code'))
          .limit(limit)
          .as('found'),
      (join) => join.onTrue(),
    )
    .select('found.unit_code')
    .$call(inScope(db, 'count-checks', 'of_unit.unit_code'))
    .limit(limit)
  return db
    .selectFrom(some.as('some'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .$call(kept)
}

function countQuery(db: ReadonlyDb, filter: CheckFilter, limit: number) {
  const units = listFewUnits(db, 'count-checks', filter.unitCodes)
  return units === null ? countChecksQuery(db, filter, limit) : countChecksOfFewQuery(db, filter, units, limit)
}

interface CountedChecks {
  readonly checks: CheckFact[]
  readonly counted: number
}

/** A page of a list, and how many it holds, at most `countLimit`. */
export async function listCountedChecks(
  db: ReadonlyDb,
  page: { readonly filter: CheckFilter; readonly after: CheckCursor | null; readonly limit: number },
  countLimit: number,
): Promise<CountedChecks> {
  const { after, filter, limit } = page
  const few = after === null ? listFewUnits(db, 'checks', filter.unitCodes) : null
  if (few !== null) {
    const rows = await countedChecksQuery(db, filter, few, limit).execute()
    const checks = rows.map(({ passing: _, ...check }) => check)
    const looked = Number(rows[0]?.passing ?? 0)
    if (looked < Math.max(limit, MANY_OF_A_UNIT)) return { checks, counted: Math.min(looked, countLimit) }
    const [row] = await countQuery(db, filter, countLimit).execute()
    return { checks, counted: Number(row?.count ?? 0) }
  }
  const [checks, [row]] = await askTogether(db, [
    listQuery(db, filter, after, limit),
    countQuery(db, filter, countLimit),
  ])
  return { checks, counted: Number(row?.count ?? 0) }
}
