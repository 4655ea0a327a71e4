import { sql } from 'kysely'
import { kept } from '../connection/kept.ts'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'
import type { CaseKey } from './list-case-reports.ts'
import { MISREPORT_COLUMNS } from './list-misreports-of-units.ts'

/** Current misreports about any of the named events by any of the named units, whenever confirmed. */
export function misreportsOfCasesQuery(db: ReadonlyDb, keys: readonly CaseKey[]) {
  const eventCodes = keys.map((key) => key.eventCode)
  const unitCodes = [...new Set(keys.map((key) => key.unitCode))]
  return db
    .selectFrom('misreport')
    .select(MISREPORT_COLUMNS)
    .where('unit_code', '=', sql<string>`any (${unitCodes}::text[])`)
    .where('event_code', '=', sql<string>`any (${eventCodes}::text[])`)
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'misreports-of-cases', 'unit_code'))
    .orderBy('unit_code')
    .orderBy('confirmed_on')
    .orderBy('misreport_code')
    .$call(kept)
}
