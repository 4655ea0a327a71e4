import { HOLIDAYS, LOCAL_OFFSET_MS, toPhoneNumber } from '@zhidu/domain'
import {
  CellProblem,
  type CellValue,
  type SourceCell,
  toPlainForm,
  toShownText,
  trimCellText,
  unescapeCellText,
} from './cells.ts'
import { parseDateSerial, parseDateText, parseInstantSerial, parseInstantText } from './cells-time.ts'
import type { ColumnType, KindColumn } from './kinds.ts'
import type { EnumWords } from './kinds-words.ts'

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
/** Above this a spreadsheet program has already dropped digits. */
const MOST_EXACT = 999_999_999_999_999

/** Longer is no telephone number, however it is written. */
const MAX_PHONE_CHARS = 60

const lookups = new WeakMap<EnumWords, Map<string, string>>()

/** Every accepted form of every word, in plain form and lower case, to its key. */
function lookupOf(words: EnumWords): Map<string, string> {
  const known = lookups.get(words)
  if (known !== undefined) return known
  const lookup = new Map<string, string>()
  for (const [key, word] of Object.entries(words)) {
    for (const form of [key, word['zh-CN'], word.en, ...(word.alsoRead ?? [])])
      lookup.set(toPlainForm(form).toLowerCase(), key)
  }
  lookups.set(words, lookup)
  return lookup
}

function findKey(words: EnumWords, text: string): string | undefined {
  if (Object.hasOwn(words, text)) return text
  return lookupOf(words).get(toPlainForm(text).toLowerCase())
}

function parseKeys(words: EnumWords, text: string): readonly string[] | CellProblem {
  const found = new Set<string>()
  for (const part of text.split(/[;；]/)) {
    const item = part.trim()
    if (item === '') continue
    const key = findKey(words, item)
    if (key === undefined) return new CellProblem('list_word', { item: toShownText(item, 100) })
    found.add(key)
  }
  return Object.keys(words).filter((key) => found.has(key))
}

function parseCount(text: string, max: number): number | CellProblem {
  const plain = toPlainForm(text)
  if (!/^\d{1,9}$/.test(plain) || Number(plain) > max) return new CellProblem('count', { max: String(max) })
  return Number(plain)
}

function parsePhone(text: string): string | CellProblem {
  const plain = unescapeCellText(text)
  return (plain.length <= MAX_PHONE_CHARS ? toPhoneNumber(plain) : null) ?? new CellProblem('phone')
}

function parseHoliday(text: string, now: number): string | CellProblem {
  const match = /^(\d{4})年?[-–—]?(\p{Script=Han}+)$/u.exec(toPlainForm(text))
  const year = Number(match?.[1])
  const name = HOLIDAYS.find((holiday) => holiday === match?.[2])
  if (match === null || name === undefined) return new CellProblem('holiday')
  const latest = new Date(now + LOCAL_OFFSET_MS).getUTCFullYear() + 2
  if (year < 2000 || year > latest) return new CellProblem('holiday_year', { latest: String(latest) })
  return `${year}-${name}`
}

// Text of any column may turn out to be a formula; the free ones are checked after their apostrophe is gone.
function parseText(text: string, column: ColumnType, now: number): CellValue | CellProblem {
  switch (column.type) {
    case 'code':
    case 'text':
    case 'names': {
      const plain = unescapeCellText(text)
      if (text.startsWith('=')) return new CellProblem('formula')
      if (CONTROL.test(plain) || !plain.isWellFormed()) return new CellProblem('control_character')
      if (plain.length > column.max)
        return new CellProblem('too_long', { max: String(column.max), length: String(plain.length) })
      if (column.type !== 'names') return plain
      return [
        ...new Set(
          plain
            .split(/[;；]/)
            .map((name) => name.trim())
            .filter((name) => name !== ''),
        ),
      ]
    }
    case 'enum':
      return findKey(column.words, text) ?? new CellProblem(text.startsWith('=') ? 'formula' : 'word')
    case 'keys':
      return text.startsWith('=') ? new CellProblem('formula') : parseKeys(column.words, text)
    case 'phone':
      return text.startsWith('=') ? new CellProblem('formula') : parsePhone(text)
    case 'instant':
      return text.startsWith('=') ? new CellProblem('formula') : parseInstantText(text, now)
    case 'date':
      return text.startsWith('=') ? new CellProblem('formula') : parseDateText(text, column.use, now)
    case 'count':
      return text.startsWith('=') ? new CellProblem('formula') : parseCount(text, column.max)
    case 'holiday':
      return text.startsWith('=') ? new CellProblem('formula') : parseHoliday(text, now)
  }
}

function parseNumber(value: number, column: ColumnType, now: number): CellValue | CellProblem {
  if (column.type === 'instant' || column.type === 'date') return new CellProblem('number_for_date')
  if (Math.abs(value) > MOST_EXACT) return new CellProblem('number_inexact')
  return parseText(String(value), column, now)
}

function parseSerial(wallClock: number, column: ColumnType, now: number): CellValue | CellProblem {
  if (column.type === 'instant') return parseInstantSerial(wallClock, now)
  if (column.type === 'date') return parseDateSerial(wallClock, column.use, now)
  return new CellProblem('date_for_text')
}

/** What an empty cell stands for: no value, or a set of none. */
export function emptyValue(column: ColumnType): CellValue {
  return column.type === 'keys' || column.type === 'names' ? [] : null
}

/** The value of one cell, null when it is empty, or why it is refused. `now`: epoch ms. */
export function parseCell(cell: SourceCell | undefined, column: KindColumn, now: number): CellValue | CellProblem {
  let value: CellValue | CellProblem = null
  if (typeof cell === 'string') {
    const text = trimCellText(cell)
    if (text !== '') value = parseText(text, column.value, now)
  } else if (typeof cell === 'number') value = parseNumber(cell, column.value, now)
  else if (typeof cell === 'boolean') value = parseText(cell ? 'TRUE' : 'FALSE', column.value, now)
  else if (cell !== null && cell !== undefined) {
    if ('formula' in cell) return new CellProblem('formula')
    if ('error' in cell) return new CellProblem('error_value')
    value = parseSerial(cell.wallClock, column.value, now)
  }
  if (value !== null && !(Array.isArray(value) && value.length === 0)) return value
  return column.isRequired ? new CellProblem('required') : emptyValue(column.value)
}
