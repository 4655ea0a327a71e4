import { type RawBuilder, sql } from 'kysely'
import { kept } from '../connection/kept.ts'
import type { ReadonlyDb } from '../db.ts'
import { askTogether } from '../transaction/ask-together.ts'
import { inScope, listFewUnits } from '../transaction/scope.ts'
import { ofUnit } from './of-unit.ts'

/**
 * That `code` begins with what was typed. As a range: `like` and its kind may not be looked up in an index below row-level
 * security. Codes compare by code point, and the last one stands in no code.
 */
function beginsWith(code: RawBuilder<unknown>, prefix: string) {
  return sql<boolean>`${code} >= ${prefix} and ${code} < ${`${prefix}\u{10FFFF}`}`
}

/** Through all reports by code, until enough are found. */
export function eventCodesQuery(db: ReadonlyDb, prefix: string, limit: number) {
  return db
    .selectFrom('report')
    .select(['event_code as code', sql<string>`min(unit_code)`.as('unitCode')])
    .where(beginsWith(sql.ref('event_code'), prefix))
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'event-codes', 'unit_code'))
    .groupBy('event_code')
    .orderBy('event_code')
    .limit(limit)
}

/** The first of each unit, and of these the first. Every event with reports has its case. */
export function eventCodesOfFewQuery(db: ReadonlyDb, prefix: string, units: readonly string[], limit: number) {
  return db
    .selectFrom(ofUnit(units))
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('event_case')
          .select('event_case.event_code')
          .where(beginsWith(sql.ref('event_case.event_code'), prefix))
          .whereRef('event_case.unit_code', '=', 'of_unit.unit_code')
          .orderBy('event_case.event_code')
          .limit(limit)
          .as('found'),
      (join) => join.onTrue(),
    )
    .select(['found.event_code as code', sql<string>`min(of_unit.unit_code collate "C")`.as('unitCode')])
    .$call(inScope(db, 'event-codes', 'of_unit.unit_code'))
    .groupBy('found.event_code')
    .orderBy('found.event_code')
    .limit(limit)
    .$call(kept)
}

export function checkCodesQuery(db: ReadonlyDb, prefix: string, limit: number) {
  return db
    .selectFrom('check_record')
    .select(['check_code as code', 'unit_code as unitCode'])
    .where(beginsWith(sql.ref('check_code'), prefix))
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'check-codes', 'unit_code'))
    .orderBy('check_code')
    .limit(limit)
}

export function checkCodesOfFewQuery(db: ReadonlyDb, prefix: string, units: readonly string[], limit: number) {
  return db
    .selectFrom(ofUnit(units))
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('check_record')
          .select(['check_record.check_code as code', 'check_record.unit_code as unitCode'])
          .where(beginsWith(sql.ref('check_record.check_code'), prefix))
          .where('check_record.replaced_at', 'is', null)
          .whereRef('check_record.unit_code', '=', 'of_unit.unit_code')
          .orderBy('check_record.check_code')
          .limit(limit)
          .as('found'),
      (join) => join.onTrue(),
    )
    .select(['found.code', 'found.unitCode'])
    .$call(inScope(db, 'check-codes', 'of_unit.unit_code'))
    .orderBy('found.code')
    .limit(limit)
    .$call(kept)
}

/** The first events, each with one of its units, and the first checks whose codes begin with `prefix`. */
export async function searchCodes(db: ReadonlyDb, prefix: string, limit: number) {
  const eventUnits = listFewUnits(db, 'event-codes')
  const checkUnits = listFewUnits(db, 'check-codes')
  const [events, checks] = await askTogether(db, [
    eventUnits === null ? eventCodesQuery(db, prefix, limit) : eventCodesOfFewQuery(db, prefix, eventUnits, limit),
    checkUnits === null ? checkCodesQuery(db, prefix, limit) : checkCodesOfFewQuery(db, prefix, checkUnits, limit),
  ])
  return { events, checks }
}
