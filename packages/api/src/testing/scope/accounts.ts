import type { TestDatabase } from '@zhidu/db/testing'
import { familyOf, permissionsOf, type Role } from '@zhidu/domain'
import type { AccountActor } from '@zhidu/services'
import { NOW, UNIT_CODES } from './tree.ts'

/** Somebody with an account; the session's token is the login name. */
export interface User {
  readonly accountId: string
  readonly sessionId: string
  readonly loginName: string
  readonly unitCode: string | null
  readonly role: Role
}

const UNIT_ROLES = ['leader', 'inspector', 'clerk', 'approver', 'unit_officer'] as const
const ADMINISTRATORS = ['system_admin', 'security_admin', 'audit_admin'] as const

function idOf(block: number, number: number): string {
  return `0000000${block}-0000-4000-8000-${String(number).padStart(12, '0')}`
}

function makeUser(role: Role, unitCode: string | null, number: number): User {
  const loginName = `${role.replace('_', '.')}.${(unitCode ?? 'all').toLowerCase()}`
  return { accountId: idOf(1, number), sessionId: idOf(2, number), loginName, unitCode, role }
}

/** Every business role in every unit, and the three administrators of the installation. */
export const USERS: readonly User[] = [
  ...UNIT_CODES.flatMap((unitCode) => UNIT_ROLES.map((role) => [role, unitCode] as const)),
  ...ADMINISTRATORS.map((role) => [role, null] as const),
].map(([role, unitCode], index) => makeUser(role, unitCode, index))

export function userOf(role: Role, unitCode: string | null = null): User {
  const user = USERS.find((one) => one.role === role && one.unitCode === unitCode)
  if (user === undefined) throw new RangeError(`nobody is ${role} of ${String(unitCode)}`)
  return user
}

/** An account's phone, to be looked for where it must not be. */
export function phoneOf(user: User): string {
  return `136${user.accountId.slice(-3)}88${user.accountId.slice(-3)}`
}

/** With one live session each. */
export async function insertAccounts({ pool }: TestDatabase, users: readonly User[] = USERS): Promise<void> {
  const rows = users.map((user) => ({ ...user, family: familyOf(user.role), phone: phoneOf(user) }))
  const source = `jsonb_to_recordset($1::jsonb) as u ("accountId" uuid, "sessionId" uuid, "loginName" text, "unitCode" text,
    role text, family text, phone text)`
  const insert = (statement: string, ...more: readonly Date[]): Promise<unknown> =>
    pool.query(`insert into ${statement} from ${source}`, [JSON.stringify(rows), ...more])
  const at = new Date(NOW - 86_400_000)
  await insert(
    `account (account_id, login_name, display_name, phone, unit_code, created_at, password_changed_at)
     select "accountId", "loginName", '账号' || right("accountId"::text, 3), phone, "unitCode", $2, $2`,
    at,
  )
  await insert(`account_family select "accountId", family`)
  await insert(`account_role select "accountId", family, role, $2, 'test'`, at)
  await insert(
    `session (session_id, account_id, token_hash, created_at, last_seen_at, idle_until, absolute_until, address, user_agent,
       auth_level)
     select "sessionId", "accountId", sha256(convert_to("loginName", 'UTF8')), $2, $2, $3, $3, '192.0.2.9', 'test', 'password'`,
    new Date(NOW - 60_000),
    new Date(NOW + 3_600_000),
  )
}

/** For a service that is called without a request. */
export function actorOf({ accountId, loginName, role, sessionId, unitCode }: User): AccountActor {
  return {
    kind: 'account',
    accountId,
    sessionId,
    loginName,
    displayName: loginName,
    unitCode,
    roles: [role],
    permissions: permissionsOf([role]),
    mustChangePassword: false,
    address: '192.0.2.1',
    viewer: null,
  }
}
