import { type CellValue, escapeCellText } from './cells.ts'
import type { KindColumn } from './kinds.ts'
import { toInstantCell } from './kinds-row.ts'

/** The text of a cell that `import` reads back as the same value: keys, local instants to the second, `;` in sets. */
export function toExportCell(column: KindColumn, value: CellValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return column.value.type === 'instant' ? toInstantCell(value) : String(value)
  return escapeCellText(typeof value === 'string' ? value : value.join(';'))
}
