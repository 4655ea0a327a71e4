import type { CellValue } from './cells.ts'
import type { KindColumn } from './kinds.ts'
import { toInstantCell } from './kinds-row.ts'

/** `keys`: for other programs. `words`: as a person reads them, in Chinese. `import` reads both back. */
export type ExportStyle = 'keys' | 'words'

function wordOf(column: KindColumn, key: string, style: ExportStyle): string {
  const { value } = column
  if (style === 'keys' || (value.type !== 'enum' && value.type !== 'keys')) return key
  return value.words[key]?.['zh-CN'] ?? key
}

/**
 * The text of a cell; instants local, to the second. The writers of `@zhidu/documents` put an apostrophe in front of what
 * would be computed, and `import` reads what they write back as the same value.
 */
export function toExportCell(column: KindColumn, value: CellValue, style: ExportStyle = 'keys'): string {
  if (value === null) return ''
  if (typeof value === 'number') return column.value.type === 'instant' ? toInstantCell(value) : String(value)
  if (typeof value === 'string') return wordOf(column, value, style)
  return value.map((item) => wordOf(column, item, style)).join(style === 'keys' ? ';' : '；')
}
