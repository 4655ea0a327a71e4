import type { Db } from '../db.ts'

/** Whether a unit of this code is, was or will be. Ask with the comparison's handle, for those who reach every unit. */
export async function isUnitKnown(db: Db, unitCode: string): Promise<boolean> {
  const found = await db.selectFrom('unit').select('position').where('unit_code', '=', unitCode).executeTakeFirst()
  return found !== undefined
}
