import type { ReopeningFact } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

export function reopeningsOfUnitsQuery(db: ReadonlyDb, unitCodes: readonly string[]) {
  return db
    .selectFrom('reopening')
    .select([
      'unit_code as unitCode',
      'obligation',
      'ref',
      'until',
      'reopened_at as reopenedAt',
      'reopened_by as reopenedBy',
      'reason',
    ])
    .where('unit_code', 'in', unitCodes)
    .$call(inScope(db, 'reopenings-of-units', 'unit_code'))
    .orderBy('unit_code')
    .orderBy('reopened_at')
    .orderBy('reopening_id')
}

/** Every re-opening of some units, oldest first. */
export function listReopeningsOfUnits(db: ReadonlyDb, unitCodes: readonly string[]): Promise<ReopeningFact[]> {
  return unitCodes.length === 0 ? Promise.resolve([]) : reopeningsOfUnitsQuery(db, unitCodes).execute()
}
