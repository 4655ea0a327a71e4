import type { Quarter } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'

export function rollupKeysQuery(db: ReadonlyDb, unitCodes: readonly string[]) {
  return db
    .selectFrom('unit_quarter')
    .select(['unit_code as unitCode', 'quarter'])
    .where('unit_code', 'in', unitCodes)
    .where('basis', '=', 'latest')
    .orderBy('unit_code')
    .orderBy('quarter')
}

/** The quarters in which some units have a rollup, by unit and quarter. */
export function listRollupKeys(
  db: ReadonlyDb,
  unitCodes: readonly string[],
): Promise<{ unitCode: string; quarter: Quarter }[]> {
  return unitCodes.length === 0 ? Promise.resolve([]) : rollupKeysQuery(db, unitCodes).execute()
}
