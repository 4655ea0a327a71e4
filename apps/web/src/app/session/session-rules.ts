import type { SessionState } from '@zhidu/contract'
import type { Permission } from '@zhidu/domain'

export type SessionAccount = NonNullable<SessionState['account']>

/** What a page asks of its reader; any one of them is enough. Empty = anybody who is signed in. */
export type Needs = readonly Permission[]

export function hasAny(account: SessionAccount | null, needs: Needs): boolean {
  return account !== null && (needs.length === 0 || needs.some((need) => account.permissions.includes(need)))
}

/** Sees its own unit only: no other role beside the duty officer's. */
export function isUnitOfficerOnly(account: SessionAccount | null): boolean {
  return account !== null && account.roles.length > 0 && account.roles.every((role) => role === 'unit_officer')
}

const HOMES: readonly (readonly [Permission, string])[] = [
  ['facts.read', '/'],
  ['accounts.manage', '/admin/users'],
  ['roles.manage', '/admin/access'],
  ['audit.read', '/admin/audit'],
]

/** The page an account starts with; an administrator's is its own. */
export function homePath(account: SessionAccount | null): string {
  return HOMES.find(([need]) => hasAny(account, [need]))?.[1] ?? '/my-account'
}

const OWN_PATH = /^\/(?![/\\])/

/** Where to go on after signing in: a path of this site, never another's; null = nowhere in particular. */
export function toReturnPath(text: unknown): string | null {
  if (typeof text !== 'string' || !OWN_PATH.test(text)) return null
  // Browsers drop tabs and line breaks from an address and read a backslash as a slash.
  if (/[\\\u0000-\u001f]/.test(text) || /^\/sign-in(?:[/?#]|$)/.test(text)) return null
  return text === '/' ? null : text
}
