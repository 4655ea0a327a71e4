import { dictionary } from '@zxcvbn-ts/language-common'

/** Common here and missing in lists gathered elsewhere. */
const LOCAL = `
  1qaz@wsx 1qaz2wsx3edc qaz@wsx qwe123!@# !qaz2wsx zaq12wsx 1q2w3e4r5t qwer!@#$ qwer!@#$1234 qwe123!@#qwe asdf!@#$
  woaini woaini1314 woaini520 iloveyou1314 5201314 1314520 a5201314 wo5201314 tiancai
  a123456 aa123456 aaa123456 a123456789 qq123456 zz123456 abc123456 abcd1234 asd123456
  admin@123 admin123 admin888 root@123 test@123 huawei@123 admin@huawei h3c@123 ruijie@123
  system@123 guest@123 user@123 p@ssw0rd p@ssword pass@word passw0rd changeme mima mima123
  zhongguo beijing shanghai zhengfu jiguan bangong bangongshi yingji yingjiban renmin
`
  .trim()
  .split(/\s+/)

const WORDS: readonly string[] = [...dictionary['passwords-common'], ...LOCAL].map((word) => word.toLowerCase())
const COMMON: ReadonlySet<string> = new Set(WORDS)
/** Shorter words are common by their shortness alone. */
const LEAST_BASE = 4

const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** How many words the list holds. */
export const COMMON_PASSWORD_COUNT = COMMON.size

function withoutLookalikes(text: string): string {
  return text.replace(/[013457@$!]/g, (char) => LOOKALIKES[char] ?? char)
}

/**
 * True for a word of the list in any case, also one dressed up: signs and digits before or after it, letters replaced by
 * lookalikes. `Password#2026` is `password`.
 */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase()
  if (COMMON.has(lower) || COMMON.has(withoutLookalikes(lower))) return true
  const bare = lower.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  const base = lower.replace(/^[^\p{L}@$]+|[^\p{L}@$]+$/gu, '').replace(/[@$]+$/, '')
  return [bare, base, withoutLookalikes(base)].some((word) => word.length >= LEAST_BASE && COMMON.has(word))
}
