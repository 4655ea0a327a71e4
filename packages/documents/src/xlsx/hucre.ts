// The only file that knows hucre, beside date-format.ts: the library is young, and this is all that would have to be replaced.
import { escapeCellText } from '@zhidu/contract'
import { type Cell, type CellStyle, type CellValue, type DataValidation, writeXlsx, writeXlsxStream } from 'hucre'

/** Drop-down of a column: words, or a range such as `'单位编码'!$A$2:$A$40`. */
export interface Choice {
  readonly column: number
  readonly from: readonly string[] | string
  readonly title: string
  readonly message: string
}

export interface SheetColumn {
  /** In characters of a Latin font; a Chinese one takes two. */
  readonly width: number
  /** `text` keeps codes and times as typed; the others are number formats. */
  readonly format: 'text' | 'integer' | 'points' | 'general'
  readonly isWrapped?: boolean
  /** Missing = text to the left, numbers to the right. */
  readonly align?: 'left' | 'center' | 'right'
}

export interface SheetContent {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly (readonly (string | number | null)[])[]
  /** Index of the row of column titles: bold, ruled, frozen, repeated in print; lines above it are the title. null = none. */
  readonly headerRow: number | null
  /** A title over the whole table, centred and larger, the line below it centred too. */
  readonly titleRow?: number
  /** Notes below the table, to the left. */
  readonly noteRows?: readonly number[]
  /** Columns whose title is marked as one that must be filled. */
  readonly requiredColumns?: readonly number[]
  /** Rows in grey, such as an example. */
  readonly quietRows?: readonly number[]
  /** Empty rows below, formatted like the others. */
  readonly blankRows?: number
  readonly choices?: readonly Choice[]
  readonly isLandscape?: boolean
  /** Missing = A3 across, A4 upright. */
  readonly paper?: 'a4' | 'a3'
  /** Rows of column titles from `headerRow` on; missing = 1. */
  readonly headerRowCount?: number
  /** Cells that are one, both ends included; rows and columns from 0. */
  readonly merges?: readonly {
    readonly startRow: number
    readonly startCol: number
    readonly endRow: number
    readonly endCol: number
  }[]
  /** Sums and means: bold, ruled above. */
  readonly totalRows?: readonly number[]
  /** Set = what is printed is the table and nothing beside it. */
  readonly hasPrintArea?: boolean
}

const FORMATS: Readonly<Record<SheetColumn['format'], string | null>> = {
  text: '@',
  integer: '0',
  points: '0.0#',
  general: null,
}
const INK = '1B1E23'
const QUIET = '686D76'
const HEADER_FILL = 'F3F2EE'
const REQUIRED_FILL = 'E7EFF8'

function fill(rgb: string): CellStyle['fill'] & object {
  return { type: 'pattern', pattern: 'solid', fgColor: { rgb } }
}

function headerStyle(isRequired: boolean, { align }: SheetColumn): CellStyle {
  return {
    font: { bold: true, color: { rgb: INK } },
    fill: fill(isRequired ? REQUIRED_FILL : HEADER_FILL),
    border: { top: { style: 'medium', color: { rgb: INK } }, bottom: { style: 'thin', color: { rgb: INK } } },
    alignment: { vertical: 'center', wrapText: true, ...(align !== undefined && { horizontal: 'center' as const }) },
    numFmt: '@',
  }
}

function columnStyle({ align, format, isWrapped }: SheetColumn): CellStyle {
  const numFmt = FORMATS[format]
  return {
    ...(numFmt !== null && { numFmt }),
    ...((isWrapped === true || align !== undefined) && {
      alignment: {
        ...(align !== undefined && { horizontal: align }),
        ...(isWrapped === true && { wrapText: true, vertical: 'top' as const }),
      },
    }),
  }
}

function totalStyle(column: SheetColumn): CellStyle {
  return {
    ...columnStyle(column),
    font: { bold: true, color: { rgb: INK } },
    border: { top: { style: 'thin', color: { rgb: INK } } },
  }
}

/**
 * No text begins a formula, not even once somebody has touched the cell or saved the sheet as CSV; `import` takes the
 * apostrophe off again. Text that looks like one of Excel's own escapes is escaped itself.
 */
function toCell(value: string | number | null): CellValue {
  return typeof value === 'string' ? escapeCellText(value).replace(/_x[0-9A-Fa-f]{4}_/g, '_x005F$&') : value
}

function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last
}

function toValidation(choice: Choice, firstRow: number, lastRow: number): DataValidation {
  const column = letters(choice.column)
  return {
    type: 'list',
    range: `${column}${firstRow}:${column}${lastRow}`,
    ...(typeof choice.from === 'string' ? { formula1: choice.from } : { values: [...choice.from] }),
    allowBlank: true,
    showInputMessage: true,
    showErrorMessage: true,
    // The other language's words and codes that came later are right too: `import` has the last word.
    errorStyle: 'warning',
    inputTitle: choice.title,
    inputMessage: choice.message.slice(0, 250),
    errorTitle: choice.title,
    errorMessage: choice.message.slice(0, 220),
  }
}

function toSheet(sheet: SheetContent) {
  const { blankRows = 0, columns, headerRow, headerRowCount = 1, quietRows = [], requiredColumns = [] } = sheet
  const cells = new Map<string, Partial<Cell>>()
  if (headerRow !== null) {
    for (let row = headerRow; row < headerRow + headerRowCount; row += 1)
      for (const [column, spec] of columns.entries())
        cells.set(`${row},${column}`, { style: headerStyle(requiredColumns.includes(column), spec) })
    for (let row = 0; row < headerRow; row += 1)
      cells.set(`${row},0`, { style: { font: { bold: row === 0, color: { rgb: row === 0 ? INK : QUIET } } } })
  }
  if (sheet.titleRow !== undefined) {
    const alignment = { horizontal: 'center' as const }
    cells.set(`${sheet.titleRow},0`, { style: { font: { bold: true, size: 16, color: { rgb: INK } }, alignment } })
    cells.set(`${sheet.titleRow + 1},0`, { style: { font: { color: { rgb: QUIET } }, alignment } })
  }
  for (const row of sheet.noteRows ?? []) {
    cells.set(`${row},0`, { style: { font: { color: { rgb: QUIET } }, alignment: { horizontal: 'left' } } })
  }
  for (const row of quietRows) {
    for (const [column, spec] of columns.entries()) {
      cells.set(`${row},${column}`, { style: { ...columnStyle(spec), font: { italic: true, color: { rgb: QUIET } } } })
    }
  }
  for (const row of sheet.totalRows ?? []) {
    for (const [column, spec] of columns.entries()) cells.set(`${row},${column}`, { style: totalStyle(spec) })
  }
  const blank = Array.from({ length: blankRows }, () => columns.map(() => null))
  const firstRow = (headerRow ?? -1) + headerRowCount + 1
  const lastRow = Math.max(sheet.rows.length + blankRows, firstRow)
  return {
    name: sheet.name,
    columns: columns.map((column) => ({ width: column.width, style: columnStyle(column) })),
    rows: [...sheet.rows.map((row) => row.map(toCell)), ...blank],
    cells,
    ...(headerRow !== null && { freezePane: { rows: headerRow + headerRowCount } }),
    ...(sheet.merges !== undefined && { merges: sheet.merges.map((merge) => ({ ...merge })) }),
    dataValidations: (sheet.choices ?? []).map((choice) => toValidation(choice, firstRow, lastRow)),
    pageSetup: {
      paperSize: sheet.paper ?? (sheet.isLandscape === true ? ('a3' as const) : ('a4' as const)),
      orientation: sheet.isLandscape === true ? ('landscape' as const) : ('portrait' as const),
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      ...(headerRow !== null && { printTitlesRow: `$${headerRow + 1}:$${headerRow + headerRowCount}` }),
      ...(sheet.hasPrintArea === true && {
        printArea: `$A$1:$${letters(columns.length - 1)}$${sheet.rows.length + blankRows}`,
      }),
    },
  }
}

/** A workbook held in memory: for templates and tables that a person reads. `createdAt`: epoch ms. */
export function buildWorkbook(args: {
  readonly title: string
  readonly createdAt: number
  readonly sheets: readonly SheetContent[]
}): Promise<Uint8Array> {
  const at = new Date(args.createdAt)
  return writeXlsx({
    sheets: args.sheets.map(toSheet),
    properties: { title: args.title, creator: 'Zhidu 值督', created: at, modified: at },
  })
}

/** A workbook of one sheet of text, written as its rows come: memory does not grow with them. */
export async function* toXlsx(args: {
  readonly sheetName: string
  readonly header: readonly string[]
  readonly widths: readonly number[]
  readonly rows: AsyncIterable<readonly (readonly string[])[]>
}): AsyncGenerator<Uint8Array> {
  async function* cells(): AsyncGenerator<CellValue[]> {
    yield args.header.map(toCell)
    for await (const batch of args.rows)
      for (const row of batch) yield row.map((text) => (text === '' ? null : toCell(text)))
  }
  const columns = args.widths.map((width) => ({ width, numFmt: '@' }))
  yield* writeXlsxStream(cells(), { name: args.sheetName, columns, freezePane: { rows: 1 } })
}
