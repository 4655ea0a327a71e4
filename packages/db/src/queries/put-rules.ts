import type { Regulation } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** Adds a version of a regulation; a version that is there already stays as it is. */
export async function addRegulation(db: Db, regulation: Regulation): Promise<void> {
  await db
    .insertInto('regulation')
    .values({
      regulation_id: regulation.id,
      version: regulation.version,
      effective_from: regulation.effectiveFrom,
      document: sql`${JSON.stringify(regulation)}::jsonb`,
    })
    .onConflict((conflict) => conflict.columns(['regulation_id', 'version']).doNothing())
    .execute()
}
