import type { Level, PlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { InstantRange } from './list-case-reports.ts'

interface FactScope {
  readonly unitCodes: readonly string[]
  readonly range: InstantRange
  /** Levels whose events belong to the period in which they occurred; the others to that in which they were learned of. */
  readonly levelsByOccurrence: readonly Level[]
  /** The same period as dates, both included. */
  readonly firstOn: PlainDate
  readonly lastOn: PlainDate
  /** Holidays whose forms are due in the period. */
  readonly holidays: readonly { readonly year: number; readonly name: string }[]
}

export function unitsWithFactsQuery(db: ReadonlyDb, scope: FactScope) {
  const { firstOn, holidays, lastOn, levelsByOccurrence, range, unitCodes } = scope
  const [from, to] = [instant(range.from), instant(range.to)]
  const years = holidays.map((holiday) => holiday.year)
  const names = holidays.map((holiday) => holiday.name)
  // A range of an index per question, nearly always empty, and none after the first that is answered. Counted, because with
  // `exists` or `limit 1` the planner hopes to meet a row soon in the whole table, and a unit without one reads all of it.
  const found = sql<boolean | null>`coalesce(
    (select true from event_case c where c.unit_code = unit.unit_code and c.learned_at >= ${from} and c.learned_at < ${to}
      and c.level <> all (${levelsByOccurrence}::text[]) having count(*) > 0),
    (select true from event_case c where c.unit_code = unit.unit_code and c.occurred_at >= ${from} and c.occurred_at < ${to}
      and c.level = any (${levelsByOccurrence}::text[]) having count(*) > 0),
    (select true from check_record c where c.unit_code = unit.unit_code and c.checked_at >= ${from} and c.checked_at < ${to}
      and c.replaced_at is null having count(*) > 0),
    (select true from filing f where f.unit_code = unit.unit_code and f.replaced_at is null and (f.holiday_year, f.holiday_name)
      in (select * from unnest(${years}::int[], ${names}::text[])) having count(*) > 0)
  )`
  // Few enough to be read once, which is less than a step per unit.
  const decided = sql<string>`(
    select unit_code from misreport where confirmed_on between ${firstOn}::date and ${lastOn}::date and replaced_at is null
    union all
    select unit_code from bonus where awarded_on between ${firstOn}::date and ${lastOn}::date and replaced_at is null
  )`
  return db
    .selectFrom('unit')
    .select('unit_code as unitCode')
    .where('unit_code', '=', sql<string>`any (${unitCodes}::text[])`)
    .where((eb) => eb.or([eb('unit_code', 'in', decided), eb(found, 'is not', null)]))
    .$call(inScope(db, 'units-with-facts', 'unit_code'))
    .orderBy('unit_code')
}

/** Those of some units that have any current fact the period is judged from, by unit code; costs by units, not by reports. */
export async function listUnitsWithFacts(db: ReadonlyDb, scope: FactScope): Promise<string[]> {
  if (scope.unitCodes.length === 0) return []
  const rows = await unitsWithFactsQuery(db, scope).execute()
  return rows.map((row) => row.unitCode)
}
