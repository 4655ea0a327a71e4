import type { Db } from '../db.ts'
import { instant } from '../instant.ts'

export interface NewAccount {
  readonly accountId: string
  readonly loginName: string
  readonly staffNumber: string | null
  readonly displayName: string
  readonly phone: string | null
  readonly unitCode: string | null
  readonly isSsoOnly: boolean
  readonly isDemonstration: boolean
  /** Epoch ms. */
  readonly createdAt: number
}

/** Without a password and a role. The database refuses a name or 工号 that is taken (23505) and an unknown unit (23503). */
export async function insertAccount(db: Db, account: NewAccount): Promise<void> {
  await db
    .insertInto('account')
    .values({
      account_id: account.accountId,
      login_name: account.loginName,
      staff_number: account.staffNumber,
      display_name: account.displayName,
      phone: account.phone,
      unit_code: account.unitCode,
      is_sso_only: account.isSsoOnly,
      is_demonstration: account.isDemonstration,
      created_at: instant(account.createdAt),
    })
    .execute()
}

/** `phone` undefined = as it is. */
export async function updateAccountRow(
  db: Db,
  accountId: string,
  account: Pick<NewAccount, 'staffNumber' | 'displayName' | 'unitCode'> & {
    readonly phone: string | null | undefined
    readonly isDisabled: boolean
  },
): Promise<void> {
  await db
    .updateTable('account')
    .set({
      staff_number: account.staffNumber,
      display_name: account.displayName,
      unit_code: account.unitCode,
      is_disabled: account.isDisabled,
      ...(account.phone === undefined ? {} : { phone: account.phone }),
    })
    .where('account_id', '=', accountId)
    .execute()
}

/** Who signs in elsewhere only has no password and no second factor here; both are taken away. */
export async function bindAccountSubject(
  db: Db,
  accountId: string,
  binding: { readonly issuer: string | null; readonly subject: string | null; readonly isSsoOnly: boolean },
): Promise<void> {
  const nothing = {
    password_hash: null,
    password_changed_at: null,
    must_change_password: false,
    initial_until: null,
    totp_secret: null,
    totp_confirmed_at: null,
    totp_last_step: null,
  }
  await db
    .updateTable('account')
    .set({
      oidc_issuer: binding.issuer,
      oidc_subject: binding.subject,
      is_sso_only: binding.isSsoOnly,
      ...(binding.isSsoOnly ? nothing : {}),
    })
    .where('account_id', '=', accountId)
    .execute()
}
