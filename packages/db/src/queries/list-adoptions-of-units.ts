import type { AdoptionFact, PlainDate } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

export function adoptionsOfUnitsQuery(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly firstOn: PlainDate; readonly lastOn: PlainDate },
) {
  return db
    .selectFrom('adoption')
    .select(['event_code as eventCode', 'unit_code as unitCode', 'use', 'used_on as usedOn'])
    .where('unit_code', 'in', args.unitCodes)
    .where('used_on', '>=', args.firstOn)
    .where('used_on', '<=', args.lastOn)
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'adoptions-of-units', 'unit_code'))
    .orderBy('unit_code')
    .orderBy('event_code')
}

/** Current adoptions of some units in the period (both dates included), by unit and event. */
export function listAdoptionsOfUnits(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly firstOn: PlainDate; readonly lastOn: PlainDate },
): Promise<AdoptionFact[]> {
  return args.unitCodes.length === 0 ? Promise.resolve([]) : adoptionsOfUnitsQuery(db, args).execute()
}
