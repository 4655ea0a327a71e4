import type { Role } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'

export interface AccountFilter {
  readonly accountId?: string | undefined
  /** Part of a login name, 工号 or display name, in any case. */
  readonly search?: string | undefined
  readonly role?: Role | undefined
  readonly isDisabled?: boolean | undefined
}

/** One account as its administrators see it. Instants are epoch ms. */
export interface AccountRow {
  readonly accountId: string
  readonly loginName: string
  readonly staffNumber: string | null
  readonly displayName: string
  readonly phone: string | null
  readonly unitCode: string | null
  readonly isDisabled: boolean
  readonly isSsoOnly: boolean
  readonly hasTotp: boolean
  readonly mustChangePassword: boolean
  readonly isDemonstration: boolean
  readonly createdAt: number
  readonly roles: readonly Role[]
  readonly lockedUntil: number | null
  readonly lastSeenAt: number | null
}

/** Every account that passes the filter, by login name. */
export function listAccountRows(db: ReadonlyDb, filter: AccountFilter = {}): Promise<AccountRow[]> {
  const { accountId, isDisabled, role, search } = filter
  let query = db.selectFrom('account').select([
    'account.account_id as accountId',
    'account.login_name as loginName',
    'account.staff_number as staffNumber',
    'account.display_name as displayName',
    'account.phone',
    'account.unit_code as unitCode',
    'account.is_disabled as isDisabled',
    'account.is_sso_only as isSsoOnly',
    sql<boolean>`totp_confirmed_at is not null`.as('hasTotp'),
    'account.must_change_password as mustChangePassword',
    'account.is_demonstration as isDemonstration',
    'account.created_at as createdAt',
    sql<Role[]>`array(select role from account_role r where r.account_id = account.account_id order by role)`.as(
      'roles',
    ),
    sql<number | null>`(select locked_until from sign_in_guard g
      where g.name_hash = sha256(convert_to(account.login_name, 'UTF8')))`.as('lockedUntil'),
    sql<number | null>`(select max(last_seen_at) from session s where s.account_id = account.account_id)`.as(
      'lastSeenAt',
    ),
  ])
  if (accountId !== undefined) query = query.where('account.account_id', '=', accountId)
  if (isDisabled !== undefined) query = query.where('account.is_disabled', '=', isDisabled)
  if (role !== undefined) {
    query = query.where('account.account_id', 'in', (of) =>
      of.selectFrom('account_role').select('account_role.account_id').where('account_role.role', '=', role),
    )
  }
  if (search !== undefined && search !== '') {
    const names = sql<string>`lower(concat_ws(chr(10), login_name, staff_number, display_name))`
    query = query.where(sql<boolean>`position(lower(${search}) in ${names}) > 0`)
  }
  return query.orderBy('account.login_name').execute()
}
