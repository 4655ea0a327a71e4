import type { ReadonlyDb } from '../db.ts'

/** What the audit trail says of the freezes of a quarter, oldest first. */
export async function listFreezeEntries(
  db: ReadonlyDb,
  quarter: string,
): Promise<readonly { readonly text: string; readonly prevHash: Buffer; readonly hash: Buffer }[]> {
  return await db
    .selectFrom('audit_entry')
    .select(['text', 'prev_hash as prevHash', 'hash'])
    .where('action', 'in', ['quarter.freeze', 'quarter.supplement'])
    .where('object', '=', `quarter/${quarter}`)
    .where('outcome', '=', 'done')
    .orderBy('seq')
    .execute()
}
