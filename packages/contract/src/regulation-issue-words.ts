import type { z } from 'zod'
import type { Language, Wording } from './kinds-words.ts'
import { REGULATION_LIMITS } from './regulation.ts'
import { placeWords } from './regulation-place-words.ts'

export const NO_JSON_WORDS: Wording = {
  'zh-CN': '这不是 JSON 文件。请用“导出”得到的规则文件，或按其格式编写。',
  en: 'This is no JSON. Use a file that was exported here, or write one of its form.',
}
export const TOO_LONG_WORDS: Wording = {
  'zh-CN': `文件太长，最多 ${REGULATION_LIMITS.jsonCharacters} 个字符。`,
  en: `The file is too long: at most ${REGULATION_LIMITS.jsonCharacters} characters.`,
}

interface BadValue {
  readonly clause: string | null
  readonly keys: readonly PropertyKey[]
  readonly path: string
  readonly value: string | null
  readonly issue: z.core.$ZodIssue
}

const TYPES: Readonly<Record<string, Wording>> = {
  string: { 'zh-CN': '文字', en: 'a text' },
  number: { 'zh-CN': '数字', en: 'a number' },
  int: { 'zh-CN': '整数', en: 'a whole number' },
  boolean: { 'zh-CN': 'true 或 false', en: 'true or false' },
  array: { 'zh-CN': '列表', en: 'a list' },
  object: { 'zh-CN': '一组键值', en: 'an object' },
  null: { 'zh-CN': '空（null）', en: 'null' },
}

const FORMATS: Readonly<Record<string, Wording>> = {
  id_format: {
    'zh-CN': '字母、数字、点、横线、下划线，以字母或数字开头，最多 40 个',
    en: 'letters, digits, dots, hyphens, underscores, beginning with a letter or digit, at most 40',
  },
  date_format: { 'zh-CN': '日期，如 2026-10-01', en: 'a date such as 2026-10-01' },
}

/** What would be accepted where the issue was found. */
function acceptedBy(issue: z.core.$ZodIssue, language: Language): string {
  const isChinese = language === 'zh-CN'
  const format = FORMATS[issue.message]?.[language]
  if (format !== undefined) return format
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.map(String).join(isChinese ? '、' : ', ')
    case 'invalid_union':
      return issue.message
        .split(' ')
        .slice(1)
        .join(isChinese ? '、' : ', ')
    case 'unrecognized_keys':
      return issue.message.split(' ').join(isChinese ? '、' : ', ')
    case 'invalid_type':
      return TYPES[issue.expected]?.[language] ?? issue.expected
    case 'too_small':
    case 'too_big': {
      const bound = String(issue.code === 'too_small' ? issue.minimum : issue.maximum)
      const isLeast = issue.code === 'too_small'
      if (issue.origin === 'string') {
        return isChinese
          ? `${isLeast ? '至少' : '最多'} ${bound} 个字符`
          : `${isLeast ? 'at least' : 'at most'} ${bound} characters`
      }
      if (issue.origin === 'array') {
        return isChinese
          ? `${isLeast ? '至少' : '最多'} ${bound} 项`
          : `${isLeast ? 'at least' : 'at most'} ${bound} entries`
      }
      return isChinese
        ? `${isLeast ? '不小于' : '不大于'} ${bound} 的整数`
        : `a whole number, ${isLeast ? 'no less' : 'no more'} than ${bound}`
    }
    default:
      return isChinese ? '另一个值' : 'another value'
  }
}

/** Clause and field in words; the path in the file stands after them. */
function place({ clause, keys, path }: BadValue, language: Language): string {
  const isChinese = language === 'zh-CN'
  if (path === '') return isChinese ? '整份文件' : 'the document'
  const words = placeWords(keys, language)
  if (isChinese) return `${clause === null ? '' : `“${clause}”`}${words}（${path}）`
  return `${clause === null ? '' : `“${clause}”, `}${words} (${path})`
}

/** Where, what was found, what would be accepted. */
export const BAD_VALUE_WORDS: Readonly<Record<Language, (bad: BadValue) => string>> = {
  'zh-CN': (bad) => {
    const accepted = acceptedBy(bad.issue, 'zh-CN')
    if (bad.issue.code === 'unrecognized_keys') return `${place(bad, 'zh-CN')}：没有这一项；可用 ${accepted}。`
    if (bad.value === null) return `${place(bad, 'zh-CN')}：缺少；应为 ${accepted}。`
    return `${place(bad, 'zh-CN')}：不能是 ${bad.value}；可填 ${accepted}。`
  },
  en: (bad) => {
    const accepted = acceptedBy(bad.issue, 'en')
    if (bad.issue.code === 'unrecognized_keys')
      return `${place(bad, 'en')}: there is no such key; accepted: ${accepted}.`
    if (bad.value === null) return `${place(bad, 'en')}: missing; accepted: ${accepted}.`
    return `${place(bad, 'en')}: may not be ${bad.value}; accepted: ${accepted}.`
  },
}
