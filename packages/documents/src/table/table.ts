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

/** `docx`: only where documents are read as well. */
export type TableFormat = 'csv' | 'xlsx' | 'docx'

export interface Table {
  readonly format: TableFormat
  /** null for workbooks and documents. */
  readonly encoding: 'utf-8' | 'gb18030' | null
  readonly bytesTotal: number
  /** Can be walked once. Throws TableError for what is wrong with the file. */
  readonly batches: AsyncIterable<TableBatch>
  /** Frees file and process, also before the last row; walking `batches` to its end, or leaving it, does so too. */
  close(): Promise<void>
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
  /** Most entries of the table of shared strings. */
  readonly xlsxStrings: number
  /** Seconds of computing before a workbook is given up. */
  readonly xlsxSeconds: number
  /** Bytes of one row of a CSV file; characters of one of a workbook. */
  readonly csvRowBytes: number
  /** Columns with content. */
  readonly columns: number
  /** Memory the reading process may hold; it is killed soon enough to stay below 512 MB. */
  readonly readerBytes: number
  /** Seconds of silence before the reading process is killed. */
  readonly stallSeconds: number
  /** Seconds it is waited for at most; fewer for small files. */
  readonly totalSeconds: number
}

const MEGABYTE = 1_000_000

export const TABLE_LIMITS: TableLimits = {
  xlsxBytes: 50 * MEGABYTE,
  xlsxRows: 100_000,
  xlsxCells: 3 * MEGABYTE,
  xlsxSheetBytes: 300 * MEGABYTE,
  xlsxPartBytes: 60 * MEGABYTE,
  xlsxStrings: MEGABYTE,
  xlsxSeconds: 60,
  csvRowBytes: MEGABYTE,
  columns: 1_000,
  readerBytes: 400 * MEGABYTE,
  stallSeconds: 30,
  totalSeconds: 3_600,
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
