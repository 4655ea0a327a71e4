import type { CheckFact } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import type { InstantRange } from './list-case-reports.ts'
import { inScope } from '../transaction/scope.ts'

export function checksOfUnitsQuery(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly range: InstantRange },
) {
  return db
    .selectFrom('check_record')
    .select([
      'check_code as checkCode',
      'unit_code as unitCode',
      'method',
      'checked_at as checkedAt',
      'inspectors',
      'findings',
      'note',
    ])
    .where('unit_code', 'in', args.unitCodes)
    .where('checked_at', '>=', instant(args.range.from))
    .where('checked_at', '<', instant(args.range.to))
    .where('replaced_at', 'is', null)
    .$call(inScope(db, 'checks-of-units', 'unit_code'))
    .orderBy('unit_code')
    .orderBy('checked_at')
    .orderBy('check_code')
}

/** Current checks of some units made in the range, by unit and time. */
export function listChecksOfUnits(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly range: InstantRange },
): Promise<CheckFact[]> {
  return args.unitCodes.length === 0 ? Promise.resolve([]) : checksOfUnitsQuery(db, args).execute()
}
