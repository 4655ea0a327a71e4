import type { Level } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { CaseFilter } from './list-cases.ts'

/** As the filter of a list, but the units are those named, and the range is that of the clocks. */
export interface CaseCount extends CaseFilter {
  /** Levels whose clock starts when the event occurred; the others' starts when the unit learned of it. */
  readonly levelsByOccurrence: readonly Level[]
  /** Events learned by then; epoch ms. */
  readonly asOf: number
  /** Counting stops there. */
  readonly limit: number
}

export function countCasesQuery(db: ReadonlyDb, count: CaseCount) {
  const { asOf, codePart, level, levelsByOccurrence, limit, range, unitCodes } = count
  const clock = sql`case when level = any (${levelsByOccurrence}::text[]) then occurred_at else learned_at end`
  const some = db
    .selectFrom('event_case')
    .select('unit_code')
    .where('unit_code', '=', sql<string>`any (${unitCodes}::text[])`)
    // Nothing is learned before its clock starts; said here, it bounds the index.
    .where('learned_at', '>=', instant(range.from))
    .where('learned_at', '<=', instant(asOf))
    .where(sql<boolean>`${clock} >= ${instant(range.from)} and ${clock} < ${instant(range.to)}`)
    .$if(level !== null, (query) => query.where('level', '=', level as Level))
    .$if(codePart !== null, (query) => query.where(sql<boolean>`strpos(event_code, ${codePart}) > 0`))
    .$call(inScope(db, 'count-cases', 'unit_code'))
    .limit(limit)
  return db.selectFrom(some.as('some')).select((eb) => eb.fn.countAll<number>().as('count'))
}

/** How many events of some units had their clocks start in the range and were known, at most `limit`. */
export async function countCases(db: ReadonlyDb, count: CaseCount): Promise<number> {
  if (count.unitCodes.length === 0) return 0
  const { count: found } = await countCasesQuery(db, count).executeTakeFirstOrThrow()
  return Number(found)
}
