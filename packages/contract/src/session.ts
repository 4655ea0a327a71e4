import { PERMISSIONS, ROLES } from '@zhidu/domain'
import { z } from 'zod'
import { Count, Instant } from './values.ts'

export const RoleKey = z.enum(ROLES)
export const PermissionKey = z.enum(PERMISSIONS)

/** What a new password must be; reasons of a refusal are `password_<code>`. */
export const PasswordRules = z.object({
  profile: z.enum(['mlps', 'asvs']),
  minLength: Count,
  maxLength: Count,
  /** How many of lower case, upper case, digits and other characters are needed; 0 = no such rule. */
  classes: Count,
  /** Former passwords that may not come back. */
  history: Count,
  /** Days until a password must be changed; null = never. */
  expiryDays: Count.nullable(),
})
export type PasswordRules = z.infer<typeof PasswordRules>

/** Who is signed in, as the shell needs it; `account` null = nobody. */
export const SessionState = z.object({
  account: z
    .object({
      accountId: z.uuid(),
      loginName: z.string(),
      displayName: z.string(),
      unitCode: z.string().nullable(),
      unitName: z.string().nullable(),
      roles: z.array(RoleKey),
      permissions: z.array(PermissionKey),
      hasTotp: z.boolean(),
      isSsoOnly: z.boolean(),
    })
    .nullable(),
  /** The security administrator looks through somebody's eyes: reads only. */
  viewingAs: z.object({ accountId: z.uuid(), displayName: z.string(), loginName: z.string() }).nullable(),
  /** Initial or expired: nothing but changing it, and signing out, is answered. */
  mustChangePassword: z.boolean(),
  /** End of the session whatever is done; null = nobody is signed in. */
  endsAt: Instant.nullable(),
  idleMinutes: Count,
  passwordRules: PasswordRules,
  /** Label of the single sign-on; null = not set up. */
  singleSignOn: z.string().nullable(),
  /** No account at all yet: the first comes from `zhidu user add`. */
  isUnclaimed: z.boolean(),
  isSynthetic: z.boolean(),
})
export type SessionState = z.infer<typeof SessionState>

const Password = z.string().min(1).max(256)
/** User name or 工号. */
const LoginName = z.string().trim().min(1).max(100)
const TotpCode = z.string().regex(/^\d{6}$/)

export const SignInInput = z.strictObject({ loginName: LoginName, password: Password, totp: TotpCode.optional() })
export type SignInInput = z.infer<typeof SignInInput>
/** Refusals: `sign_in_failed`, `sign_in_locked` { minutes }, `totp_wrong`. */
export const SignInResult = z.object({ state: z.enum(['signed_in', 'totp_required']) })
export type SignInResult = z.infer<typeof SignInResult>

/** Refusals: `password_wrong`, and `password_refused` with every reason code in `params.reasons`, separated by commas. */
export const ChangePasswordInput = z.strictObject({ current: Password, next: Password })
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>

export const SessionItem = z.object({
  sessionId: z.uuid(),
  createdAt: Instant,
  lastSeenAt: Instant,
  endsAt: Instant,
  address: z.string(),
  userAgent: z.string(),
  isCurrent: z.boolean(),
})
export const SessionList = z.array(SessionItem)
export type SessionList = z.infer<typeof SessionList>
export const SessionInput = z.strictObject({ sessionId: z.uuid() })

/** The secret is shown once; nothing is switched on before `confirmTotp`. */
export const TotpSetup = z.object({ secret: z.string(), uri: z.string() })
export type TotpSetup = z.infer<typeof TotpSetup>
export const ConfirmTotpInput = z.strictObject({ code: TotpCode })
export const RemoveTotpInput = z.strictObject({ password: Password })
/** What a change without an answer gives. */
export const Done = z.object({ done: z.literal(true) })
export type Done = z.infer<typeof Done>
