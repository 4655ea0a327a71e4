import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { InstantRange } from './list-case-reports.ts'

export function reportsOfUnitsQuery(
  db: ReadonlyDb,
  { range, unitCodes }: { readonly unitCodes: readonly string[]; readonly range: InstantRange },
) {
  return db
    .selectFrom('report')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(sql<boolean>`unit_code = any (${[...unitCodes]}::text[])`)
    .where('replaced_at', 'is', null)
    .where('learned_at', '>=', instant(range.from))
    .where('learned_at', '<', instant(range.to))
    .$call(inScope(db, 'count-reports-of-units', 'unit_code'))
}

/** How many current reports of some units were learned of in the range. */
export async function countReportsOfUnits(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly range: InstantRange },
): Promise<number> {
  return Number((await reportsOfUnitsQuery(db, args).executeTakeFirstOrThrow()).count)
}
