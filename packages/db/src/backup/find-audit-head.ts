import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** Number and hash of the last entry of the audit chain; null for a chain without entries. */
export async function findAuditHead(trx: Db): Promise<{ readonly seq: number; readonly hash: string } | null> {
  const { rows } = await sql<{ seq: number; hash: string }>`
    select seq, encode(hash, 'hex') as hash from audit_entry order by seq desc limit 1`.execute(trx)
  return rows[0] ?? null
}
