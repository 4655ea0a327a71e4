import type { SourceCell } from '@zhidu/contract'
import { TableError, type TableLimits, type TableRow, toMegabytes } from '../table/table.ts'
import { unescapeOoxml, type Workbook } from './workbook-parts.ts'
import { walkXml } from './xml.ts'
import type { Zip } from './zip.ts'

const DAY_MS = 86_400_000
/** Day number of 1970-01-01 in the 1900 system, and what to add to one of the 1904 system. */
const UNIX_EPOCH_SERIAL = 25_569
const DAYS_TO_1904 = 1_462
/** Day numbers below this are before the 29 February 1900 that Excel believes in. */
const LOTUS_SERIAL = 61
/** Excel's own last row. */
const MAX_ROW = 1_048_576
const REFERENCE = /^[A-Z]{1,3}[1-9]\d{0,6}$/
const ROW_NUMBER = /^[1-9]\d{0,6}$/
/** Characters that one inflated piece of some 64 kB may come to: shared strings make much of little. */
const MAX_PIECE_CHARS = 1 << 24

function farCell(cell: string, limits: TableLimits): TableError {
  return new TableError('xlsx_far_cell', { cell, rows: String(MAX_ROW), columns: String(limits.columns) })
}

/** Index of the column in `AB12`. */
function columnOf(reference: string): number {
  let column = 0
  for (let index = 0; index < reference.length; index += 1) {
    const code = reference.charCodeAt(index)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}

function toWallClock(serial: number, is1904: boolean): number {
  if (is1904) return (serial + DAYS_TO_1904 - UNIX_EPOCH_SERIAL) * DAY_MS
  return (serial - UNIX_EPOCH_SERIAL + (serial < LOTUS_SERIAL ? 1 : 0)) * DAY_MS
}

interface OpenCell {
  reference: string
  column: number
  type: string
  format: number
  isFormula: boolean
  value: string
  inline: string
}

function sharedString(workbook: Workbook, index: string): string {
  const text = /^\d{1,9}$/.test(index) ? workbook.sharedStrings[Number(index)] : undefined
  if (text === undefined) throw new TableError('xlsx_damaged', { detail: `no string ${index.slice(0, 20)}` })
  return text
}

function toCell(cell: OpenCell, workbook: Workbook): SourceCell {
  if (cell.isFormula) return { formula: true }
  if (cell.type === 'inlineStr') return unescapeOoxml(cell.inline)
  if (cell.value === '') return null
  switch (cell.type) {
    case 's':
      return sharedString(workbook, cell.value)
    case 'str':
      return unescapeOoxml(cell.value)
    case 'b':
      return cell.value === '1' || cell.value === 'true'
    case 'e':
      return { error: cell.value }
    case 'd':
      return cell.value
    default: {
      const number = Number(cell.value)
      if (!Number.isFinite(number)) return cell.value
      return workbook.dateFormats[cell.format] === true ? { wallClock: toWallClock(number, workbook.is1904) } : number
    }
  }
}

/**
 * Walks the rows of the sheet; `emit` gets them in batches and is waited for. Rows without any content are left out.
 * Throws TableError when a limit is passed.
 */
export async function readSheet(
  zip: Zip,
  workbook: Workbook,
  limits: TableLimits,
  emit: (rows: readonly TableRow[], inflatedBytes: number) => Promise<void>,
): Promise<void> {
  let rows: TableRow[] = []
  let rowNumber = 0
  let cells: SourceCell[] | null = null
  let cell: OpenCell | null = null
  let nextColumn = 0
  let reading: 'value' | 'inline' | null = null
  let phonetic = 0
  let rowCount = 0
  let cellCount = 0
  let rowChars = 0
  let pieceChars = 0
  let textChars = 0

  const countText = (value: SourceCell): void => {
    if (typeof value !== 'string') return
    rowChars += value.length
    pieceChars += value.length
    textChars += value.length
    if (rowChars > limits.csvRowBytes) throw new TableError('xlsx_expands', { limit: toMegabytes(limits.csvRowBytes) })
    if (pieceChars > MAX_PIECE_CHARS) throw new TableError('xlsx_expands', { limit: toMegabytes(MAX_PIECE_CHARS) })
    if (textChars > limits.xlsxSheetBytes)
      throw new TableError('xlsx_expands', { limit: toMegabytes(limits.xlsxSheetBytes) })
  }
  const endCell = (open: OpenCell, row: SourceCell[]): void => {
    const value = toCell(open, workbook)
    if (value === null || value === '') return
    if (open.column >= limits.columns) throw farCell(open.reference, limits)
    if (open.column < row.length) throw new TableError('xlsx_damaged', { detail: `${open.reference} twice` })
    cellCount += open.column + 1 - row.length
    if (cellCount > limits.xlsxCells) throw new TableError('xlsx_too_many_cells', { limit: String(limits.xlsxCells) })
    countText(value)
    while (row.length < open.column) row.push(null)
    row[open.column] = value
  }
  const toRowNumber = (attribute: string | undefined): number => {
    const number = attribute === undefined ? rowNumber + 1 : Number(attribute)
    const isRow = attribute === undefined || ROW_NUMBER.test(attribute)
    if (!isRow || number > MAX_ROW) throw farCell((attribute ?? String(number)).slice(0, 20), limits)
    if (number <= rowNumber) throw new TableError('xlsx_damaged', { detail: `row ${number} after ${rowNumber}` })
    return number
  }
  const endRow = (row: SourceCell[]): void => {
    if (row.length === 0) return
    rowCount += 1
    // The header is no row of data.
    if (rowCount > limits.xlsxRows + 1) throw new TableError('xlsx_too_many_rows', { limit: String(limits.xlsxRows) })
    rows.push({ row: rowNumber, cells: row })
  }

  await walkXml(await zip.open(workbook.sheetPath, limits.xlsxSheetBytes), {
    onOpen: (name, attributes) => {
      if (name === 'row') {
        rowNumber = toRowNumber(attributes['r'])
        cells = []
        rowChars = 0
        nextColumn = 0
      } else if (name === 'c' && cells !== null) {
        const reference = attributes['r'] ?? `${nextColumn + 1}. ${rowNumber}`
        if (attributes['r'] !== undefined && !REFERENCE.test(reference)) throw farCell(reference.slice(0, 20), limits)
        const column = attributes['r'] === undefined ? nextColumn : columnOf(reference)
        nextColumn = column + 1
        cell = {
          reference,
          column,
          type: attributes['t'] ?? 'n',
          format: Number(attributes['s'] ?? -1),
          isFormula: false,
          value: '',
          inline: '',
        }
      } else if (cell === null) return
      else if (name === 'f') cell.isFormula = true
      else if (name === 'v') reading = 'value'
      else if (name === 'rPh') phonetic += 1
      else if (name === 't' && phonetic === 0) reading = 'inline'
    },
    onText: (text) => {
      if (cell === null || reading === null) return
      cell[reading] += text
    },
    onClose: (name) => {
      if (name === 'v' || name === 't') reading = null
      else if (name === 'rPh') phonetic -= 1
      else if (name === 'c' && cell !== null && cells !== null) {
        endCell(cell, cells)
        cell = null
      } else if (name === 'row' && cells !== null) {
        endRow(cells)
        cells = null
      }
    },
    onChunk: async (inflatedBytes) => {
      pieceChars = 0
      if (rows.length === 0) return
      const batch = rows
      rows = []
      await emit(batch, inflatedBytes)
    },
  })
  if (rows.length > 0) await emit(rows, zip.sizeOf(workbook.sheetPath))
}
