import type { Level } from '@zhidu/domain'
import { sql } from 'kysely'
import { kept } from '../connection/kept.ts'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope, listFewUnits } from '../transaction/scope.ts'
import type { CaseFilter } from './list-cases.ts'
import { ofUnit } from './of-unit.ts'

/** As the filter of a list, but the units are those named, and the range is that of the clocks. */
export interface CaseCount extends CaseFilter {
  /** Levels whose clock starts when the event occurred; the others' starts when the unit learned of it. */
  readonly levelsByOccurrence: readonly Level[]
  /** Events learned by then; epoch ms. */
  readonly asOf: number
  /** Counting stops there. */
  readonly limit: number
}

/** True for a row whose clock starts in the range. */
export function startsInRange({ levelsByOccurrence, range }: CaseCount) {
  const from = instant(range.from)
  const to = instant(range.to)
  const clock = sql`case when level = any (${levelsByOccurrence}::text[]) then occurred_at else learned_at end`
  // Both clocks start in the range for nearly all; the level is looked at for the rest.
  return sql<boolean>`case when occurred_at >= ${from} and learned_at < ${to} then true else ${clock} >= ${from} and ${clock} < ${to} end`
}

function counted(db: ReadonlyDb, count: CaseCount) {
  const { asOf, codePart, level, limit, range } = count
  return (
    db
      .selectFrom('event_case')
      .select('event_case.unit_code')
      // Nothing is learned before its clock starts; said here, it bounds the index.
      .where('learned_at', '>=', instant(range.from))
      .where('learned_at', '<=', instant(asOf))
      .where(startsInRange(count))
      .$if(level !== null, (query) => query.where('level', '=', level as Level))
      .$if(codePart !== null, (query) => query.where(sql<boolean>`strpos(event_code, ${codePart}) > 0`))
      .limit(limit)
  )
}

export function countCasesQuery(db: ReadonlyDb, count: CaseCount) {
  const some = counted(db, count)
    .where('unit_code', '=', sql<string>`any (${count.unitCodes}::text[])`)
    .$call(inScope(db, 'count-cases', 'unit_code'))
  return db.selectFrom(some.as('some')).select((eb) => eb.fn.countAll<number>().as('count'))
}

/** Unit by unit, for few of them. */
export function countCasesOfFewQuery(db: ReadonlyDb, count: CaseCount, units: readonly string[]) {
  const some = db
    .selectFrom(ofUnit(units))
    .innerJoinLateral(
      () => counted(db, count).whereRef('event_case.unit_code', '=', sql.ref('of_unit.unit_code')).as('found'),
      (join) => join.onTrue(),
    )
    .select('found.unit_code')
    .$call(inScope(db, 'count-cases', 'of_unit.unit_code'))
    .limit(count.limit)
  return db
    .selectFrom(some.as('some'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .$call(kept)
}

/** How many events of some units, at least one, had their clocks start in the range and were known, at most `limit`. */
export function countQuery(db: ReadonlyDb, count: CaseCount) {
  const units = listFewUnits(db, 'count-cases', count.unitCodes)
  return units === null ? countCasesQuery(db, count) : countCasesOfFewQuery(db, count, units)
}
