import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** Brings the tree of who stands above whom in line with the units; call in the transaction that changed them. */
export async function rebuildUnitClosure(trx: Db): Promise<void> {
  await sql`select rebuild_unit_closure()`.execute(trx)
}
