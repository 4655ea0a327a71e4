import type { LogItemFact } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { InstantRange } from './list-case-reports.ts'

export function logItemsOfUnitsQuery(db: ReadonlyDb, unitCodes: readonly string[], range: InstantRange) {
  return db
    .selectFrom('log_entry as e')
    .select([
      'e.unit_code as unitCode',
      'e.entry_code as entryCode',
      'e.at',
      'e.received_at as receivedAt',
      sql<string[]>`array(select (extract(epoch from s.at) * 1000)::bigint from log_step s where s.entry_id = e.entry_id
        and s.kind in ('closed', 'reopened') order by s.position)`.as('turns'),
    ])
    .where('e.unit_code', 'in', unitCodes)
    .where('e.at', '>=', instant(range.from))
    .where('e.at', '<', instant(range.to))
    .$call(inScope(db, 'log-items-of-units', 'e.unit_code'))
    .orderBy('e.unit_code')
    .orderBy('e.at')
    .orderBy('e.entry_id')
}

/** Entries of logs written in a range, once for every time that they were open. By unit and when they were written. */
export async function listLogItemsOfUnits(
  db: ReadonlyDb,
  { range, unitCodes }: { readonly unitCodes: readonly string[]; readonly range: InstantRange },
): Promise<LogItemFact[]> {
  if (unitCodes.length === 0) return []
  const rows = await logItemsOfUnitsQuery(db, unitCodes, range).execute()
  return rows.flatMap(({ at, turns, ...item }) => {
    // Written, closed, opened again, closed, …
    const all = [at, ...turns.map(Number)]
    return Array.from({ length: Math.ceil(all.length / 2) }, (_, opening) => ({
      ...item,
      opening,
      openedAt: all[2 * opening] as number,
      closedAt: all[2 * opening + 1] ?? null,
    }))
  })
}
