import type { ReadonlyDb } from '../db.ts'

export function unitOrderQuery(db: ReadonlyDb) {
  return db.selectFrom('unit').select('unit_code as unitCode').orderBy('position')
}

/** Unit codes in official order. */
export async function listUnitOrder(db: ReadonlyDb): Promise<string[]> {
  const rows = await unitOrderQuery(db).execute()
  return rows.map((row) => row.unitCode)
}
