import type { SourceCell } from '@zhidu/contract'

/** A row that holds something. `row`: as a spreadsheet numbers it, from 1; blank rows are left out but counted. */
export interface TableRow {
  readonly row: number
  readonly cells: readonly SourceCell[]
}

export interface TableBatch {
  readonly rows: readonly TableRow[]
  /** Bytes of the file read so far; estimated for workbooks. */
  readonly bytesRead: number
}

export interface Table {
  readonly format: 'csv' | 'xlsx'
  /** null for workbooks. */
  readonly encoding: 'utf-8' | 'gb18030' | null
  readonly bytesTotal: number
  /** Can be walked once; leaving early frees file and process. Throws TableError for what is wrong with the file. */
  readonly batches: AsyncIterable<TableBatch>
}

export interface TableLimits {
  /** Largest workbook, compressed bytes. */
  readonly xlsxBytes: number
  /** Most rows of data in a worksheet, blank ones not counted. */
  readonly xlsxRows: number
  readonly xlsxCells: number
  /** Inflated bytes of the worksheet. */
  readonly xlsxSheetBytes: number
  /** Inflated bytes of each other part that is read. */
  readonly xlsxPartBytes: number
  /** Seconds of computing, and of silence, before a workbook is given up. */
  readonly xlsxSeconds: number
  /** Bytes of one row of a CSV file. */
  readonly csvRowBytes: number
}

const MEGABYTE = 1_000_000

export const TABLE_LIMITS: TableLimits = {
  xlsxBytes: 50 * MEGABYTE,
  xlsxRows: 100_000,
  xlsxCells: 3 * MEGABYTE,
  xlsxSheetBytes: 300 * MEGABYTE,
  xlsxPartBytes: 60 * MEGABYTE,
  xlsxSeconds: 60,
  csvRowBytes: MEGABYTE,
}

/** What is wrong with a file as a whole; `code` is a key of the message catalogue. */
export class TableError extends Error {
  override readonly name = 'TableError'
  readonly code: string
  readonly params: Readonly<Record<string, string>>

  constructor(code: string, params: Readonly<Record<string, string>> = {}, options?: { cause?: unknown }) {
    super(code, options)
    this.code = code
    this.params = params
  }
}

/** `50 MB`, for messages. */
export function toMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / MEGABYTE)} MB`
}
