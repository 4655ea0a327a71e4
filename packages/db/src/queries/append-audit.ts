import { sql } from 'kysely'
import type { Db } from '../db.ts'

/**
 * Appends one entry (canonical JSON) to the audit chain, in the caller's transaction, and gives its number. Waits for other
 * transactions that appended and have not ended: append last. Needs `read committed`.
 */
export async function appendAudit(trx: Db, text: string): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select append_audit(${text}) as seq /* kept */`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new RangeError('a function without a row')
  return row.seq
}
