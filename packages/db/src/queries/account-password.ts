import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'

/** Hashes of the passwords an account has had, newest first, the present one included. */
export async function listPasswordHashes(db: ReadonlyDb, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('password_history')
    .select('password_hash')
    .where('account_id', '=', accountId)
    .orderBy('set_at', 'desc')
    .execute()
  return rows.map((row) => row.password_hash)
}

/**
 * Gives an account a password and remembers it among the last `history`. `initialUntil` (epoch ms): the password was made by
 * somebody else, has to be changed and is good until then.
 */
export async function setAccountPassword(
  db: Db,
  accountId: string,
  password: {
    readonly hash: string
    readonly changedAt: number
    readonly initialUntil: number | null
    readonly history: number
  },
): Promise<void> {
  await db
    .updateTable('account')
    .set({
      password_hash: password.hash,
      password_changed_at: instant(password.changedAt),
      must_change_password: password.initialUntil !== null,
      initial_until: instant(password.initialUntil),
    })
    .where('account_id', '=', accountId)
    .execute()
  // At the same millisecond the later one counts; what was is never updated.
  await db
    .deleteFrom('password_history')
    .where('account_id', '=', accountId)
    .where('set_at', '=', instant(password.changedAt))
    .execute()
  await db
    .insertInto('password_history')
    .values({ account_id: accountId, set_at: instant(password.changedAt), password_hash: password.hash })
    .execute()
  const kept = db
    .selectFrom('password_history')
    .select('set_at')
    .where('account_id', '=', accountId)
    .orderBy('set_at', 'desc')
    .limit(Math.max(password.history, 1))
  await db.deleteFrom('password_history').where('account_id', '=', accountId).where('set_at', 'not in', kept).execute()
}

/** The same password under another cost. */
export async function replacePasswordHash(db: Db, accountId: string, was: string, hash: string): Promise<void> {
  await db
    .updateTable('account')
    .set({ password_hash: hash })
    .where('account_id', '=', accountId)
    .where('password_hash', '=', was)
    .execute()
}
