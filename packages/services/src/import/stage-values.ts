import type { CellValue, Kind, ParsedRow } from '@zhidu/contract'
import { type CopyValue, STAGE_KINDS, toInstantText } from '@zhidu/db'
import { type Element, toElementMask } from '@zhidu/domain'

/** What a column of a table takes: of a file's own or made of it. */
type Values = Readonly<Record<string, CellValue | boolean | undefined>>

function toCopyValue(value: CellValue | boolean | undefined, type: string): CopyValue {
  if (value === undefined || value === null) return null
  return type === 'timestamptz' && typeof value === 'number' ? toInstantText(value) : value
}

/** `2026-中秋节` as the table keeps it. */
function splitHoliday(values: Values): Values {
  const { holiday } = values
  const isRead = typeof holiday === 'string'
  return {
    ...values,
    holiday_year: isRead ? Number(holiday.slice(0, 4)) : null,
    holiday_name: isRead ? holiday.slice(5) : null,
  }
}

const WITH_WITHDRAWAL: ReadonlySet<Kind> = new Set(['duty_lines', 'rosters'])

function toTableValues(kind: Kind, values: Values): Values {
  if (kind === 'filings') return splitHoliday(values)
  if (WITH_WITHDRAWAL.has(kind)) return { ...values, is_withdrawn: values['withdrawn'] === 'yes' }
  if (kind !== 'reports') return values
  const { elements } = values
  // Safe: `parseRow` lets only keys of elements through.
  return { ...values, elements: Array.isArray(elements) ? toElementMask(elements as readonly Element[]) : 0 }
}

function toTableColumns(kind: Kind, columns: readonly string[]): readonly string[] {
  if (WITH_WITHDRAWAL.has(kind)) return columns.map((column) => (column === 'withdrawn' ? 'is_withdrawn' : column))
  if (kind !== 'filings') return columns
  return columns.flatMap((column) => (column === 'holiday' ? ['holiday_year', 'holiday_name'] : [column]))
}

/** A parsed row as COPY takes it, in the order of `stageTarget`. */
export function toStageValues(kind: Kind, row: number, parsed: ParsedRow): CopyValue[] {
  const values = toTableValues(kind, parsed.values)
  const isBad = parsed.errors.length > 0
  const badColumns = isBad ? parsed.errors.flatMap(({ column }) => (column === null ? [] : [column])) : null
  const out: CopyValue[] = [row, isBad, badColumns === null ? null : toTableColumns(kind, badColumns)]
  for (const [column, type] of Object.entries(STAGE_KINDS[kind].columns)) out.push(toCopyValue(values[column], type))
  return out
}
