import type { Db } from '../db.ts'
import { instant } from '../instant.ts'

/** A sealed secret that is not switched on yet; null takes the second factor away. */
export async function setTotpSecret(db: Db, accountId: string, sealed: Buffer | null): Promise<void> {
  await db
    .updateTable('account')
    .set({ totp_secret: sealed, totp_confirmed_at: null, totp_last_step: null })
    .where('account_id', '=', accountId)
    .execute()
}

/** `at`: epoch ms. */
export async function confirmTotpSecret(db: Db, accountId: string, at: number): Promise<void> {
  await db
    .updateTable('account')
    .set({ totp_confirmed_at: instant(at) })
    .where('account_id', '=', accountId)
    .execute()
}

/** Uses up a step and every earlier one; false = it had been, also by somebody at the same moment. */
export async function useTotpStep(db: Db, accountId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('account')
    .set({ totp_last_step: step })
    .where('account_id', '=', accountId)
    .where((where) => where.or([where('totp_last_step', 'is', null), where('totp_last_step', '<', step)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
