import type { Role } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'

/** Everything signing in is decided by. Instants are epoch ms. */
export interface AccountCredentials {
  readonly accountId: string
  readonly loginName: string
  readonly staffNumber: string | null
  readonly displayName: string
  readonly unitCode: string | null
  readonly isDisabled: boolean
  readonly passwordHash: string | null
  readonly passwordChangedAt: number | null
  readonly mustChangePassword: boolean
  /** End of an initial password; null = not an initial one. */
  readonly initialUntil: number | null
  readonly isSsoOnly: boolean
  readonly oidcSubject: string | null
  /** Sealed. */
  readonly totpSecret: Buffer | null
  readonly totpConfirmedAt: number | null
  readonly totpLastStep: number | null
  readonly isDemonstration: boolean
  /** In alphabetical order. */
  readonly roles: readonly Role[]
}

function credentialsQuery(db: ReadonlyDb) {
  return db
    .selectFrom('account')
    .select([
      'account.account_id as accountId',
      'account.login_name as loginName',
      'account.staff_number as staffNumber',
      'account.display_name as displayName',
      'account.unit_code as unitCode',
      'account.is_disabled as isDisabled',
      'account.password_hash as passwordHash',
      'account.password_changed_at as passwordChangedAt',
      'account.must_change_password as mustChangePassword',
      'account.initial_until as initialUntil',
      'account.is_sso_only as isSsoOnly',
      'account.oidc_subject as oidcSubject',
      'account.totp_secret as totpSecret',
      'account.totp_confirmed_at as totpConfirmedAt',
      'account.totp_last_step as totpLastStep',
      'account.is_demonstration as isDemonstration',
      sql<Role[]>`array(select role from account_role r where r.account_id = account.account_id order by role)`.as(
        'roles',
      ),
    ])
}

/** By login name (lower case) or 工号; where somebody's 工号 is another's login name, the login name counts. */
export function findAccountByName(db: ReadonlyDb, name: string): Promise<AccountCredentials | undefined> {
  return credentialsQuery(db)
    .where((where) => where.or([where('login_name', '=', name.toLowerCase()), where('staff_number', '=', name)]))
    .orderBy((order) => order('login_name', '=', name.toLowerCase()), 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function findAccountById(db: ReadonlyDb, accountId: string): Promise<AccountCredentials | undefined> {
  return credentialsQuery(db).where('account_id', '=', accountId).executeTakeFirst()
}

/** By what the single sign-on calls somebody. */
export function findAccountBySubject(
  db: ReadonlyDb,
  issuer: string,
  subject: string,
): Promise<AccountCredentials | undefined> {
  return credentialsQuery(db).where('oidc_issuer', '=', issuer).where('oidc_subject', '=', subject).executeTakeFirst()
}

/** Lets other changes of an account wait until the transaction ends; false = there is no such account. */
export async function lockAccount(trx: Db, accountId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('account')
    .select('account_id')
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

export async function hasAccounts(db: ReadonlyDb): Promise<boolean> {
  return (await db.selectFrom('account').select('account_id').limit(1).executeTakeFirst()) !== undefined
}
