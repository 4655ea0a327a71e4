import type { Quarter } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'

/** True when some version of a quarter is frozen. */
export async function isQuarterFrozen(db: ReadonlyDb, quarter: Quarter): Promise<boolean> {
  const found = await db
    .selectFrom('frozen_quarter')
    .select('frozen_id')
    .where('quarter', '=', quarter)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
