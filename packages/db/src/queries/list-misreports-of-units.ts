import type { MisreportFact, PlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import { kept } from '../connection/kept.ts'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

export const MISREPORT_COLUMNS = [
  'misreport_code as misreportCode',
  'unit_code as unitCode',
  'event_code as eventCode',
  'kind',
  'confirmed_on as confirmedOn',
  'basis',
  'share_percent as sharePercent',
] as const

export function misreportsOfUnitsQuery(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly firstOn: PlainDate; readonly lastOn: PlainDate },
) {
  return db
    .selectFrom('misreport')
    .select(MISREPORT_COLUMNS)
    .where('unit_code', '=', sql<string>`any (${args.unitCodes}::text[])`)
    .where('confirmed_on', '>=', args.firstOn)
    .where('confirmed_on', '<=', args.lastOn)
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'misreports-of-units', 'unit_code'))
    .orderBy('unit_code')
    .orderBy('confirmed_on')
    .orderBy('misreport_code')
    .$call(kept)
}

/** Current misreports of some units confirmed in the period (both dates included), by unit and date. */
export function listMisreportsOfUnits(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly firstOn: PlainDate; readonly lastOn: PlainDate },
): Promise<MisreportFact[]> {
  return args.unitCodes.length === 0 ? Promise.resolve([]) : misreportsOfUnitsQuery(db, args).execute()
}
