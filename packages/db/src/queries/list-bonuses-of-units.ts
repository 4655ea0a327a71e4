import type { BonusFact, PlainDate } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

export function bonusesOfUnitsQuery(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly firstOn: PlainDate; readonly lastOn: PlainDate },
) {
  return db
    .selectFrom('bonus')
    .select([
      'bonus_code as bonusCode',
      'unit_code as unitCode',
      'kind',
      'awarded_on as awardedOn',
      'event_code as eventCode',
    ])
    .where('unit_code', 'in', args.unitCodes)
    .where('awarded_on', '>=', args.firstOn)
    .where('awarded_on', '<=', args.lastOn)
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'bonuses-of-units', 'unit_code'))
    .orderBy('unit_code')
    .orderBy('awarded_on')
    .orderBy('bonus_code')
}

/** Current bonuses of some units awarded in the period (both dates included), by unit and date. */
export function listBonusesOfUnits(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly firstOn: PlainDate; readonly lastOn: PlainDate },
): Promise<BonusFact[]> {
  return args.unitCodes.length === 0 ? Promise.resolve([]) : bonusesOfUnitsQuery(db, args).execute()
}
