import type { ResponseLevel, SpecialKind } from '@zhidu/domain'

/** Heads of the file of a year's notice, in their order. */
export const HOLIDAY_HEADS = ['年份', '节日', '放假首日', '放假末日', '调休上班日', '依据文件'] as const
/** Heads of the file of special periods, in their order. */
export const PERIOD_HEADS = [
  '类型',
  '响应级别',
  '名称',
  '起始日期',
  '结束日期',
  '双带班',
  '每日零报告',
  '说明',
  '依据文件',
] as const

export const KIND_WORDS: Readonly<Record<SpecialKind, string>> = {
  flood_season: '汛期',
  congress: '两会',
  response: '应急响应',
  other: '其他',
}
export const LEVEL_WORDS_OF: Readonly<Record<ResponseLevel, string>> = { I: 'Ⅰ级', II: 'Ⅱ级', III: 'Ⅲ级', IV: 'Ⅳ级' }
export const YES = '是'
export const NO = '否'

function findWord<K extends string>(words: Readonly<Record<K, string>>, text: string): K | null {
  const plain = text.normalize('NFKC').trim()
  const found = Object.entries<string>(words).find(([key, word]) => plain === word.normalize('NFKC') || plain === key)
  // Safe: the entries are those of the record.
  return found === undefined ? null : (found[0] as K)
}

export function toKind(text: string): SpecialKind | null {
  return findWord(KIND_WORDS, text)
}

/** `Ⅲ级`, `III级`, `III`, `3级`. */
export function toLevel(text: string): ResponseLevel | null {
  const plain = text.normalize('NFKC').replace(/级|响应|\s/g, '')
  const numbers: Readonly<Record<string, ResponseLevel>> = {
    '1': 'I',
    '2': 'II',
    '3': 'III',
    '4': 'IV',
    一: 'I',
    二: 'II',
    三: 'III',
    四: 'IV',
  }
  return numbers[plain] ?? findWord({ I: 'I', II: 'II', III: 'III', IV: 'IV' }, plain)
}

/** null = neither yes nor no; an empty cell is no. */
export function toYesNo(text: string): boolean | null {
  const plain = text.trim().toLowerCase()
  if (plain === '' || plain === NO || plain === 'no') return false
  return plain === YES || plain === 'yes' ? true : null
}
