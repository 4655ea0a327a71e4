/**
 * A cell as a reader of files hands it over. CSV gives text only.
 * `wallClock`: a real spreadsheet date, as epoch ms of the same wall clock in UTC.
 */
export type SourceCell =
  | string
  | number
  | boolean
  | null
  | { readonly wallClock: number }
  | { readonly formula: true }
  | { readonly error: string }

/** A parsed cell: code, text, enum key, date and holiday as text; instant as epoch ms; count; set. null = empty. */
export type CellValue = string | number | readonly string[] | null

/** Why a cell is refused; `code` is a key of the message catalogue. */
export class CellProblem {
  readonly code: string
  readonly params: Readonly<Record<string, string>>

  constructor(code: string, params: Readonly<Record<string, string>> = {}) {
    this.code = code
    this.params = params
  }
}

// What makes a spreadsheet program compute a cell of a CSV file: also in full width, and behind the quotes, white space
// and invisible characters that it passes over; a tab, a line end or a NUL in front is enough by itself. Whatever fits
// still fits with an apostrophe in front: that is what makes the escape reversible.
const NEEDS_ESCAPE = /^['"\s\p{Cc}\p{Cf}]*[=+\-@＝﹦＋﹢－﹣＠﹫]|^'*[\t\r\n\0]/u

/** Text as files bear it: an apostrophe in front of what a spreadsheet program would compute. */
export function escapeCellText(text: string): string {
  return NEEDS_ESCAPE.test(text) ? `'${text}` : text
}

/** Undoes `escapeCellText`. */
export function unescapeCellText(text: string): string {
  return text.startsWith("'") && NEEDS_ESCAPE.test(text) ? text.slice(1) : text
}

/** Outer white space of any kind (full width too) removed; line ends inside as `\n`. */
export function trimCellText(text: string): string {
  const trimmed = text.trim()
  return trimmed.includes('\r') ? trimmed.replace(/\r\n?/g, '\n') : trimmed
}

/**
 * Text of a file as messages show it: its first `max` characters, and in place of a NUL, which can be neither stored nor seen, its
 * picture. Half of a pair of surrogates, left where the text was cut, is stored nowhere either.
 */
export function toShownText(text: string, max: number): string {
  return text.slice(0, max).replaceAll('\0', '\u2400').toWellFormed()
}

/** Full-width digits, letters, brackets, Roman numerals … in their plain form, without any white space. */
export function toPlainForm(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '')
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

/** What the cell shows, for messages and for refused rows; instants as `2026-07-03 14:05:30`. */
export function toCellText(cell: SourceCell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if ('formula' in cell) return '='
  if ('error' in cell) return cell.error
  const at = new Date(Math.round(cell.wallClock / 1_000) * 1_000)
  const date = `${String(at.getUTCFullYear()).padStart(4, '0')}-${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`
  const isMidnight = at.getTime() % 86_400_000 === 0
  return isMidnight ? date : `${date} ${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}:${pad(at.getUTCSeconds())}`
}

/** True for a cell that holds nothing a reader would see. */
export function isEmptyCell(cell: SourceCell | undefined): boolean {
  return cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '')
}
