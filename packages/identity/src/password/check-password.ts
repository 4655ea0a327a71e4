import { isCommonPassword } from './common-passwords.ts'
import { verifyPassword } from './password-hash.ts'
import { type PasswordPolicy, toPlainPassword } from './password-policy.ts'

/** Whose password it is to be; its names may not be recognised in it. */
export interface PasswordOwner {
  readonly loginName: string
  readonly staffNumber: string | null
  readonly displayName: string
}

export interface PasswordReason {
  readonly code:
    | 'too_short'
    | 'too_long'
    | 'too_few_classes'
    | 'contains_name'
    | 'context_word'
    | 'common'
    | 'used_before'
  /** `min`, `max`, `classes`, `fragment`, `word`, `history`: what the words of the refusal need. */
  readonly params: Readonly<Record<string, string>>
}

/** Names of this program and of what it is for; an installation adds its own. */
const CONTEXT_WORDS = ['zhidu', 'zhiban', 'dudao', '值督', '值班', '督导']
const FRAGMENT_LENGTH = 3

const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

function countClasses(password: string): number {
  return CLASSES.filter((pattern) => pattern.test(password)).length
}

/** The first piece of three characters that `name` and `password` (lower case) share; undefined = none. */
function findFragment(name: string, password: string): string | undefined {
  const chars = [...name.normalize('NFKC').toLowerCase()]
  for (let at = 0; at + FRAGMENT_LENGTH <= chars.length; at += 1) {
    const fragment = chars.slice(at, at + FRAGMENT_LENGTH).join('')
    if (password.includes(fragment)) return fragment
  }
  return undefined
}

/** Everything that is wrong with a password by itself, in a fixed order; empty = nothing. */
export function listWeaknesses(
  policy: PasswordPolicy,
  given: {
    readonly password: string
    readonly owner: PasswordOwner
    /** Words of the installation, such as its name and its place. */
    readonly contextWords?: readonly string[]
  },
): PasswordReason[] {
  const password = toPlainPassword(given.password)
  const lower = password.toLowerCase()
  const length = [...password].length
  const reasons: PasswordReason[] = []
  if (length < policy.minLength) reasons.push({ code: 'too_short', params: { min: String(policy.minLength) } })
  if (length > policy.maxLength) reasons.push({ code: 'too_long', params: { max: String(policy.maxLength) } })
  if (countClasses(password) < policy.classes) {
    reasons.push({ code: 'too_few_classes', params: { classes: String(policy.classes) } })
  }
  const { loginName, staffNumber, displayName } = given.owner
  const fragment = [loginName, staffNumber ?? '', displayName]
    .map((name) => findFragment(name, lower))
    .find((found) => found !== undefined)
  if (fragment !== undefined) reasons.push({ code: 'contains_name', params: { fragment } })
  const word = [...CONTEXT_WORDS, ...(given.contextWords ?? [])]
    .map((one) => one.normalize('NFKC').trim().toLowerCase())
    .find((one) => one.length > 1 && lower.includes(one))
  if (word !== undefined) reasons.push({ code: 'context_word', params: { word } })
  if (isCommonPassword(password)) reasons.push({ code: 'common', params: {} })
  return reasons
}

/**
 * Every reason why a password may not become the next one. `previousHashes`: newest first, the present one included;
 * more than the policy asks for are not looked at.
 */
export async function checkPassword(
  policy: PasswordPolicy,
  given: Parameters<typeof listWeaknesses>[1] & { readonly previousHashes: readonly string[] },
): Promise<PasswordReason[]> {
  const reasons = listWeaknesses(policy, given)
  if ([...toPlainPassword(given.password)].length > policy.maxLength) return reasons
  const matches = await Promise.all(
    given.previousHashes.slice(0, policy.history).map((hash) => verifyPassword(hash, given.password)),
  )
  if (matches.includes(true)) reasons.push({ code: 'used_before', params: { history: String(policy.history) } })
  return reasons
}
