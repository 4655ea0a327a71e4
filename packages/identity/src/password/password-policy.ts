/** What a password must be, as data. Lengths count Unicode characters after NFKC. */
export interface PasswordPolicy {
  readonly profile: PasswordProfile
  readonly minLength: number
  readonly maxLength: number
  /** How many of lower case, upper case, digits and everything else are needed; 0 = no such rule. */
  readonly classes: number
  /** Former passwords, the present one among them, that may not come back. */
  readonly history: number
  /** Days until a password must be changed; null = never. */
  readonly expiryDays: number | null
}

export const PASSWORD_PROFILES = ['mlps', 'asvs'] as const
export type PasswordProfile = (typeof PASSWORD_PROFILES)[number]

/** No profile goes below or cuts off earlier (OWASP ASVS 6.2.1 and 6.2.9). */
const LEAST_MIN_LENGTH = 8
const LEAST_MAX_LENGTH = 64
const MS_PER_DAY = 86_400_000

/** Throws RangeError for a policy that asks for less than any installation may. */
export function toPasswordPolicy(policy: PasswordPolicy): PasswordPolicy {
  const isSound =
    policy.minLength >= LEAST_MIN_LENGTH &&
    policy.maxLength >= Math.max(LEAST_MAX_LENGTH, policy.minLength) &&
    policy.classes >= 0 &&
    policy.classes <= 4 &&
    policy.history >= 0 &&
    (policy.expiryDays === null || policy.expiryDays > 0)
  if (!isSound) throw new RangeError(`not a password policy: ${JSON.stringify(policy)}`)
  return policy
}

/**
 * `mlps`: 等保 (GB/T 22239-2019, 身份鉴别) with the values assessors ask for. `asvs`: length instead of classes and expiry,
 * OWASP ASVS 5.0 chapter 6.2.
 */
export const PASSWORD_POLICIES: Readonly<Record<PasswordProfile, PasswordPolicy>> = {
  mlps: toPasswordPolicy({ profile: 'mlps', minLength: 10, maxLength: 128, classes: 3, history: 5, expiryDays: 90 }),
  asvs: toPasswordPolicy({ profile: 'asvs', minLength: 12, maxLength: 128, classes: 0, history: 5, expiryDays: null }),
}

/** `changedAt`, `now`: epoch ms; a password nobody ever set has not expired. */
export function isPasswordExpired(policy: PasswordPolicy, changedAt: number | null, now: number): boolean {
  if (policy.expiryDays === null || changedAt === null) return false
  return now >= changedAt + policy.expiryDays * MS_PER_DAY
}

/** The form in which a password is measured and hashed: what an input method wrote in full width is the same password. */
export function toPlainPassword(password: string): string {
  return password.normalize('NFKC')
}
