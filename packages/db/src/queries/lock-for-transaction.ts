import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** What is locked, each with its own number among this program's advisory locks. */
export const LOCKS = { facts: 2 } as const
const LOCK_SPACE = 0x7a68_6475 // "zhdu"

/** Waits for an advisory lock and holds it until the transaction ends. */
export async function lockForTransaction(trx: Db, name: keyof typeof LOCKS): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_SPACE}::int, ${LOCKS[name]}::int)`.execute(trx)
}
