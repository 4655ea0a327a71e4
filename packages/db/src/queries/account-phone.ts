import type { ReadonlyDb } from '../db.ts'

/** The phone of an account by its id (any text), or undefined. */
export async function findAccountPhone(
  db: ReadonlyDb,
  accountId: string,
): Promise<{ readonly phone: string | null } | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(accountId)) return undefined
  return await db.selectFrom('account').select('phone').where('account_id', '=', accountId).executeTakeFirst()
}
