import { type Kind, KIND_SHEETS } from '@zhidu/contract'
import { ServiceError } from '../service-error.ts'

/** Names of fields that no record of the kind has; more are not looked at, for the first refuses everything. */
const MAX_UNKNOWN_FIELDS = 20
const MASKED_NAME = /^[^*]\*{1,3}$/u
const MASKED_NUMBER = /\d{3,4}[- ]?\*{4,10}\d{3,4}/
const MASKED_PHONE = /\*{4}[\s\S]{0,4}$/
/** Fields that come masked, and what is a mask in them. */
const MASK_OF: Readonly<Record<string, RegExp>> = {
  inspectors: MASKED_NAME,
  person: MASKED_NAME,
  number: MASKED_PHONE,
  phone: MASKED_PHONE,
  forwarding_reason: MASKED_NUMBER,
  reason: MASKED_NUMBER,
  note: MASKED_NUMBER,
  basis: MASKED_NUMBER,
  place: MASKED_NUMBER,
  summary: MASKED_NUMBER,
}

/** What a place of a list or a single value is as text; null = it cannot be one. */
function toText(value: unknown): string | null {
  if (value === null) return ''
  if (typeof value === 'string') return value.isWellFormed() ? value : null
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'number' || Math.abs(value) > Number.MAX_SAFE_INTEGER) return null
  return String(value)
}

function toCell(value: unknown): string | null {
  if (!Array.isArray(value)) return toText(value)
  const items = value.map(toText)
  return items.includes(null) ? null : items.join(';')
}

function isMask(field: string, value: unknown): boolean {
  const mask = Object.hasOwn(MASK_OF, field) ? MASK_OF[field] : undefined
  if (mask === undefined) return false
  const texts: unknown[] = Array.isArray(value) ? value : [value]
  return texts.some((text) => typeof text === 'string' && mask.test(text.trim()))
}

function toRow(record: unknown, row: number, fields: readonly string[]): string[] {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw new ServiceError('invalid', 'record_form', { row: String(row) })
  }
  const values = new Map<string, unknown>(Object.entries(record))
  const cells = fields.map((field) => {
    const value = values.get(field) ?? null
    const where = { row: String(row), field: field.slice(0, 100) }
    const cell = toCell(value)
    if (cell === null) throw new ServiceError('invalid', 'record_value', where)
    if (isMask(field, value)) throw new ServiceError('invalid', 'masked_value', where)
    return cell
  })
  if (cells.every((cell) => cell.trim() === '')) throw new ServiceError('invalid', 'record_empty', { row: String(row) })
  return cells
}

/**
 * Records as the rows of a file, a header above them: values are taken as they were typed, for the parser of files to judge.
 * The first column is empty, so that no record is taken for the example row of a template. Throws ServiceError `invalid` for
 * what no file could say, and for a masked name or number, which would take the place of the true one.
 */
export function toCells(
  kind: Kind,
  records: readonly unknown[],
): { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const known = KIND_SHEETS[kind].columns.map(({ key }) => key)
  const unknown = new Set<string>()
  for (const record of records) {
    for (const field of Object.keys(record ?? {})) {
      if (unknown.size < MAX_UNKNOWN_FIELDS && !known.includes(field)) unknown.add(field)
    }
  }
  const fields = [...known, ...unknown]
  // A field without a name would be a column without a header, which is passed over.
  const header = fields.map((field) => (field.trim() === '' ? '?' : field))
  return { header: ['', ...header], rows: records.map((record, index) => ['', ...toRow(record, index + 1, fields)]) }
}
