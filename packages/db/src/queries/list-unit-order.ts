import type { ReadonlyDb } from '../db.ts'
import { inScope } from '../transaction/scope.ts'

export function unitOrderQuery(db: ReadonlyDb) {
  return db
    .selectFrom('unit')
    .select('unit_code as unitCode')
    .$call(inScope(db, 'unit-order', 'unit_code'))
    .orderBy('position')
}

/** Unit codes in official order. */
export async function listUnitOrder(db: ReadonlyDb): Promise<string[]> {
  const rows = await unitOrderQuery(db).execute()
  return rows.map((row) => row.unitCode)
}
