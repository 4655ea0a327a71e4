import type { AccountCredentials } from '@zhidu/db'
import { isPasswordExpired, type PasswordPolicy } from '@zhidu/identity'
import type { Identity } from './identity.ts'

export type AuthLevel = 'password' | 'totp' | 'sso'

/** Whether nothing but another password is answered. Who signs in elsewhere has none here; those of a demonstration stay. */
export function mustChangePassword(
  account: Pick<AccountCredentials, 'mustChangePassword' | 'passwordChangedAt' | 'isDemonstration'>,
  given: { readonly policy: PasswordPolicy; readonly authLevel: AuthLevel; readonly now: number },
): boolean {
  if (given.authLevel === 'sso' || account.isDemonstration) return false
  return account.mustChangePassword || isPasswordExpired(given.policy, account.passwordChangedAt, given.now)
}

/** True for an account that may have sessions at all where this process can be reached. */
export function mayHaveSessions(
  ctx: { readonly identity: Pick<Identity, 'areDemonstrationAccountsOpen'> },
  account: { readonly isDisabled?: boolean; readonly isDemonstration: boolean },
): boolean {
  return account.isDisabled !== true && (!account.isDemonstration || ctx.identity.areDemonstrationAccountsOpen)
}

/** Minutes left of a lock, at least one. */
export function minutesUntil(lockedUntil: number, now: number): string {
  return String(Math.max(1, Math.ceil((lockedUntil - now) / 60_000)))
}
