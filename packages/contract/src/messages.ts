import { HOLIDAYS } from '@zhidu/domain'
import type { Kind } from './imports.ts'
import { KIND_SHEETS, type ColumnType } from './kinds.ts'
import type { RowIssue } from './kinds-row.ts'
import type { EnumWords, Language } from './kinds-words.ts'
import { FILE_MESSAGES } from './messages-file.ts'
import { ROW_MESSAGES } from './messages-row.ts'

/** What happened, and what would be accepted; `{name}` is filled in. */
export type Message = Readonly<Record<Language, readonly [reason: string, accepted: string]>>

export type FileIssueCode = keyof typeof FILE_MESSAGES
export type IssueCode = FileIssueCode | keyof typeof ROW_MESSAGES

export interface WordedIssue {
  readonly reason: string
  readonly accepted: string
}

const MESSAGES: Readonly<Record<string, Message>> = { ...FILE_MESSAGES, ...ROW_MESSAGES }
const EMPTY_VALUE: Readonly<Record<Language, string>> = { 'zh-CN': '（空）', en: '(empty)' }

/** Words of an enumeration as a sentence part: `值班室、电话值班` or `room, phone`. */
function listWords(words: EnumWords, language: Language): string {
  if (language === 'en') return Object.keys(words).join(', ')
  return Object.values(words)
    .map((word) => word['zh-CN'])
    .join('、')
}

/** What a cell of this type may hold, with an example; one sentence without its full stop. */
export function describeType(column: ColumnType, language: Language): string {
  const isChinese = language === 'zh-CN'
  switch (column.type) {
    case 'code':
    case 'text':
      return isChinese ? `文字，最多 ${column.max} 个字符` : `Text of at most ${column.max} characters`
    case 'names':
      return isChinese ? '可填多个，用；隔开' : 'One or more, separated by ;'
    case 'enum':
      if (Object.hasOwn(column.words, 'IV')) {
        return isChinese ? '可填 I、II、III、IV，或 特别重大、重大、较大、一般' : 'One of I, II, III, IV'
      }
      return isChinese ? `可填 ${listWords(column.words, language)}` : `One of ${listWords(column.words, language)}`
    case 'keys':
      return isChinese
        ? `可填 ${listWords(column.words, language)}；多个用；隔开`
        : `Any of ${listWords(column.words, language)}, separated by ;`
    case 'phone':
      return isChinese
        ? '电话号码，如 0199-0123456、0199-0123456转801 或 +86 154 0000 0001'
        : 'A telephone number such as 0199-0123456, 0199-0123456 ext 801 or +86 154 0000 0001'
    case 'instant':
      return isChinese
        ? '格式如 2026-07-03 14:05 或 2026-07-03 14:05:30（北京时间）'
        : 'A time such as 2026-07-03 14:05 or 2026-07-03 14:05:30 (UTC+08:00)'
    case 'date':
      return isChinese ? '格式如 2026-07-03' : 'A date such as 2026-07-03'
    case 'count':
      return isChinese ? `0 至 ${column.max} 的整数` : `A whole number from 0 to ${column.max}`
    case 'holiday':
      return isChinese
        ? `年份-节日，如 2026-中秋节；节日为 ${HOLIDAYS.join('、')}`
        : `Year and holiday, such as 2026-中秋节; one of ${HOLIDAYS.join(', ')}`
  }
}

function columnNames(kind: Kind, language: Language): string {
  return KIND_SHEETS[kind].columns
    .map((column) => (language === 'zh-CN' ? column.name['zh-CN'] : column.key))
    .join(language === 'zh-CN' ? '、' : ', ')
}

function kindName(key: string | undefined, language: Language): string {
  return Object.values(KIND_SHEETS).find((sheet) => sheet.kind === key)?.name[language] ?? ''
}

function fill(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)
}

/** Words an issue of a file of `kind`. Throws RangeError for a code without a message. */
export function wordIssue(
  kind: Kind,
  issue: Omit<RowIssue, 'params'> & { params: Readonly<Record<string, string>> },
  language: Language,
): WordedIssue {
  const message = MESSAGES[issue.code]
  if (message === undefined) throw new RangeError(`no message for ${issue.code}`)
  const column = KIND_SHEETS[kind].columns.find(({ key }) => key === issue.column)
  const [reason, accepted] = message[language]
  const params = {
    column: column?.name[language] ?? '',
    columnZh: column?.name['zh-CN'] ?? '',
    key: column?.key ?? '',
    value: issue.value ?? EMPTY_VALUE[language],
    format: column === undefined ? '' : describeType(column.value, language),
    columns: columnNames(kind, language),
    kind: kindName(kind, language),
    ...issue.params,
    ...(issue.params['other'] !== undefined &&
      issue.code === 'file_of_other_kind' && { other: kindName(issue.params['other'], language) }),
  }
  return { reason: fill(reason, params), accepted: fill(accepted, params).trim() }
}
