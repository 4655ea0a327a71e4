import type { Role, RoleFamily } from '@zhidu/domain'
import type { Generated } from 'kysely'
import type { InstantColumn, NullableInstantColumn } from './schema-columns.ts'

/** A person who signs in; never deleted, only disabled. */
export interface AccountTable {
  account_id: string
  login_name: string // lower case
  staff_number: string | null // 工号, signs in as well as the name
  display_name: string
  phone: string | null
  unit_code: string | null // whose subtree it reads; NULL for administrators of the whole installation
  is_disabled: Generated<boolean>
  password_hash: string | null // argon2id; NULL = signs in elsewhere only
  password_changed_at: NullableInstantColumn
  must_change_password: Generated<boolean>
  initial_until: NullableInstantColumn // end of an initial password nobody has changed; NULL = not an initial one
  is_sso_only: Generated<boolean>
  oidc_issuer: string | null
  oidc_subject: string | null
  totp_secret: Buffer | null // sealed under the installation's key
  totp_confirmed_at: NullableInstantColumn // NULL = not switched on
  totp_last_step: number | null // newest step that was used
  is_demonstration: Generated<boolean>
  created_at: InstantColumn
}

export interface AccountFamilyTable {
  account_id: string
  family: RoleFamily
}

export interface AccountRoleTable {
  account_id: string
  family: RoleFamily
  role: Role
  granted_at: InstantColumn
  granted_by: string
}

export interface PasswordHistoryTable {
  account_id: string
  set_at: InstantColumn
  password_hash: string
}

export interface SessionTable {
  session_id: string
  account_id: string
  token_hash: Buffer // SHA-256 of the token; the token itself is nowhere
  created_at: InstantColumn
  last_seen_at: InstantColumn
  idle_until: InstantColumn
  absolute_until: InstantColumn
  address: string
  user_agent: string
  auth_level: 'password' | 'totp' | 'sso'
  view_as_account_id: string | null // through whose eyes the security administrator looks
  ended_at: NullableInstantColumn
  end_reason: string | null
}

export interface SignInGuardTable {
  name_hash: Buffer // SHA-256 of the name tried, whether anybody bears it or not
  failure_count: number
  last_failed_at: InstantColumn
  locked_until: NullableInstantColumn
}

export interface ApiTokenTable {
  token_id: string
  token_hash: Buffer
  name: string
  unit_code: string
  kinds: string[]
  may_write: boolean
  created_at: InstantColumn
  created_by: string
  expires_at: InstantColumn
  last_used_at: NullableInstantColumn
  revoked_at: NullableInstantColumn
}

/** What was answered to a write of /api/v1, so that a repeated one gets the same answer and does nothing. */
export interface IdempotencyTable {
  actor: string
  key: string
  request_hash: Buffer
  status: number | null // NULL = still at work
  response: string | null
  created_at: InstantColumn
}

export interface AccountsSchema {
  account: AccountTable
  account_family: AccountFamilyTable
  account_role: AccountRoleTable
  password_history: PasswordHistoryTable
  session: SessionTable
  sign_in_guard: SignInGuardTable
  api_token: ApiTokenTable
  idempotency: IdempotencyTable
}
