import type { CellValue, Kind, ParsedRow } from '@zhidu/contract'
import { type CopyValue, STAGE_KINDS, toInstantText } from '@zhidu/db'
import { type Element, toElementMask } from '@zhidu/domain'

type Values = ParsedRow['values']

function toCopyValue(value: CellValue | undefined, type: string): CopyValue {
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

function toTableValues(kind: Kind, values: Values): Values {
  if (kind === 'filings') return splitHoliday(values)
  if (kind !== 'reports') return values
  const { elements } = values
  // Safe: `parseRow` lets only keys of elements through.
  return { ...values, elements: Array.isArray(elements) ? toElementMask(elements as readonly Element[]) : 0 }
}

function toTableColumns(kind: Kind, columns: readonly string[]): readonly string[] {
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
