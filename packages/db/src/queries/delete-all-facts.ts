import { sql } from 'kysely'
import type { Db } from '../db.ts'

/**
 * Empties the installation of every fact, unit and import, and of the demonstration's accounts; only ever for invented data,
 * which the database itself looks at.
 */
export async function deleteAllFacts(trx: Db): Promise<void> {
  await sql`select clear_demonstration()`.execute(trx)
}
