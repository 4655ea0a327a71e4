import type { PasswordRules } from '@zhidu/contract'

export interface RuleCheck {
  readonly rule: 'length' | 'classes'
  readonly isMet: boolean
}

const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

/** The rules that can be checked while typing, counted as the server counts: characters after NFKC. */
export function checkRules(password: string, rules: PasswordRules): readonly RuleCheck[] {
  const plain = password.normalize('NFKC')
  const { length } = [...plain]
  const classes = CLASSES.filter((pattern) => pattern.test(plain)).length
  const checks: RuleCheck[] = [{ rule: 'length', isMet: length >= rules.minLength && length <= rules.maxLength }]
  if (rules.classes > 0) checks.push({ rule: 'classes', isMet: classes >= rules.classes })
  return checks
}

/** Codes from the server's answer, `params.reasons`. */
export function toReasons(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '')
}
