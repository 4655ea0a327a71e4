import type { Role } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'

export interface AccessRow {
  readonly accountId: string
  readonly loginName: string
  readonly displayName: string
  readonly isDisabled: boolean
  readonly unitCode: string | null
  /** null = no role. */
  readonly role: Role | null
}

/** Every account with each of its roles, by login name and role; an account without one stands there once. */
export function listAccess(db: ReadonlyDb): Promise<AccessRow[]> {
  return db
    .selectFrom('account')
    .leftJoin('account_role', 'account_role.account_id', 'account.account_id')
    .select([
      'account.account_id as accountId',
      'account.login_name as loginName',
      'account.display_name as displayName',
      'account.is_disabled as isDisabled',
      'account.unit_code as unitCode',
      'account_role.role',
    ])
    .orderBy('account.login_name')
    .orderBy('account_role.role')
    .execute()
}
