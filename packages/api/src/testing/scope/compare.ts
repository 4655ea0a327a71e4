import type { Answer } from './harness.ts'
import { REVIEWED, type ReviewedField } from './reviewed.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Puts a mark in place of what the steps lead to. */
function blank(value: Json, steps: readonly string[]): Json {
  const [step, ...rest] = steps
  if (step === undefined) return '…'
  if (value === null || typeof value !== 'object') return value
  if (step === '[]') return Array.isArray(value) ? value.map((one) => blank(one, rest)) : value
  if (Array.isArray(value) || !(step in value)) return value
  return { ...value, [step]: blank(value[step] ?? null, rest) }
}

function stepsOf(field: string): string[] {
  return field.match(/\[\]|[^.[\]]+/g) ?? []
}

/** An answer of /api/v1 is what it says, without a frame. */
function blankPlainJson(text: string, fields: readonly ReviewedField[]): string {
  // Safe: every answer there is JSON, else this throws.
  return JSON.stringify(fields.reduce((value, { field }) => blank(value, stepsOf(field)), JSON.parse(text) as Json))
}

function blankJson(text: string, fields: readonly ReviewedField[]): string {
  // Safe: every answer of a procedure is JSON, else this throws.
  const answer = JSON.parse(text) as { result?: { data: Json } }
  if (answer.result === undefined) return text
  const data = fields.reduce((value, { field }) => blank(value, stepsOf(field)), answer.result.data)
  return JSON.stringify({ ...answer, result: { ...answer.result, data } })
}

const CELL = /^<c r="([A-Z]+)(\d+)"/

interface Cells {
  /** Number of the title's row by column: the cells below are meant. */
  readonly columns: Map<string, number>
  readonly rows: Set<string>
  readonly parts: Set<string>
}

function findCells(lines: readonly string[], fields: readonly ReviewedField[]): Cells {
  const placeOf = (word: string): string[] =>
    CELL.exec(lines.find((line) => CELL.test(line) && line.includes(word)) ?? '') ?? []
  const cells: Cells = { columns: new Map(), rows: new Set(), parts: new Set() }
  for (const { field } of fields) {
    const [, sort = '', word = ''] = /^(\w+) (.*)$/.exec(field) ?? []
    if (sort === 'part') cells.parts.add(word)
    const [, column = '', row = ''] = placeOf(sort === 'row' ? word : `>${word}<`)
    if (sort === 'row') cells.rows.add(row)
    if (sort === 'column') cells.columns.set(column, Number(row))
  }
  return cells
}

function blankCells(text: string, fields: readonly ReviewedField[]): string {
  const lines = text.split('\n')
  const { columns, parts, rows } = findCells(lines, fields)
  let part = ''
  const blanked = lines.map((line) => {
    if (/^[\w/.[\]]+\.(xml|rels)$/.test(line)) part = line
    const [, column = '', row = ''] = CELL.exec(line) ?? []
    const isReviewed = rows.has(row) || Number(row) > (columns.get(column) ?? Number.POSITIVE_INFINITY)
    if (parts.has(part)) return line === part ? `${part}…` : ''
    return isReviewed ? `${column}${row}…` : line
  })
  return blanked.join('\n').replace(/\n+/g, '\n')
}

/** Columns by their title in the first line, lines by what they say; no cell of these worlds has a comma in it. */
function blankCsv(text: string, fields: readonly ReviewedField[]): string {
  const lines = text.split('\r\n')
  const titles = (lines[0] ?? '').split(',')
  const words = fields.map(({ field }) => field.split(' '))
  const columns = words.flatMap(([sort, word]) =>
    sort === 'column' && word !== undefined ? [titles.indexOf(word)] : [],
  )
  const rows = words.flatMap(([sort, word]) => (sort === 'row' && word !== undefined ? [word] : []))
  return lines
    .map((line) => {
      if (rows.some((word) => line.includes(word))) return '…'
      return line
        .split(',')
        .map((cell, index, cells) => (cells.length === titles.length && columns.includes(index) ? '…' : cell))
        .join(',')
    })
    .join('\r\n')
}

/** The answer with a mark in place of each reviewed field. */
export function withoutReviewed(path: string, answer: Answer, fields: readonly ReviewedField[] = REVIEWED): string {
  const own = fields.filter((one) => one.path === path)
  if (own.length === 0 || answer.status !== 200) return answer.text
  if (path.startsWith('GET /api/')) return blankPlainJson(answer.text, own)
  if (path.endsWith('.csv')) return blankCsv(answer.text, own)
  return path.startsWith('GET ') ? blankCells(answer.text, own) : blankJson(answer.text, own)
}

/** Where two answers part, with what stands around it; null = they are equal, byte for byte. */
export function differenceOf(
  path: string,
  a: Answer,
  b: Answer,
  fields: readonly ReviewedField[] = REVIEWED,
): string | null {
  if (a.status !== b.status) return `status ${a.status} ≠ ${b.status}`
  const [one, other] = [withoutReviewed(path, a, fields), withoutReviewed(path, b, fields)]
  if (one === other) return null
  let at = 0
  while (one[at] === other[at]) at += 1
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 60)
  return `…${around(one)}… ≠ …${around(other)}…`
}
