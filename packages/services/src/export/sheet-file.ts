import { Readable } from 'node:stream'
import { buildWorkbook, type SheetColumn, toCsv } from '@zhidu/documents'
import type { ExportedFile } from './exported-file.ts'
import { toWebStream } from './web-stream.ts'

export type SheetFormat = 'csv' | 'xlsx'
export type SheetCell = string | number | null

/** One table with its title, what it rests on, and what has to be known to read it. */
export interface SheetTable {
  readonly title: string
  /** Name of the sheet. */
  readonly name: string
  readonly createdAt: number
  /** Under the title. */
  readonly head: readonly string[]
  readonly header: readonly string[]
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly (readonly SheetCell[])[]
  /** Under the table. */
  readonly notes: readonly string[]
}

/** CSV has its header first, for programs; a workbook its title. Both end with the notes. */
export async function toSheetFile(table: SheetTable, format: SheetFormat): Promise<ExportedFile> {
  const { columns, createdAt, head, header, name, notes, rows, title } = table
  if (format === 'csv') {
    const below = ['', title, ...head, ...notes].map((line) => [line])
    const cells = [...rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))), ...below]
    return { fileName: `${title}.csv`, body: toWebStream(Readable.from(toCsv(header, Readable.from([cells])))) }
  }
  const workbook = await buildWorkbook({
    title,
    createdAt,
    sheets: [
      {
        name,
        columns,
        headerRow: head.length + 1,
        isLandscape: true,
        rows: [[title], ...head.map((line) => [line]), header, ...rows, [], ...notes.map((line) => [line])],
      },
    ],
  })
  return { fileName: `${title}.xlsx`, body: new Uint8Array(workbook) }
}
