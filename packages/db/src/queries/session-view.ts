import type { Db, ReadonlyDb } from '../db.ts'

/** Login name and state of an account, or undefined. */
export function findAccountName(
  db: ReadonlyDb,
  accountId: string,
): Promise<{ readonly loginName: string; readonly isDisabled: boolean } | undefined> {
  return db
    .selectFrom('account')
    .select(['login_name as loginName', 'is_disabled as isDisabled'])
    .where('account_id', '=', accountId)
    .executeTakeFirst()
}

/** Through whose eyes a session looks; null = its own. */
export async function setSessionView(db: Db, sessionId: string, accountId: string | null): Promise<void> {
  await db.updateTable('session').set({ view_as_account_id: accountId }).where('session_id', '=', sessionId).execute()
}
