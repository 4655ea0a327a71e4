import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { CsvError, type Parser, parse } from 'csv-parse'
import type { Pulse, RowSink } from '../reader/messages.ts'
import { TableError, type TableLimits, type TableRow, toMegabytes } from '../table/table.ts'
import type { Encoding } from './detect-encoding.ts'

const CHUNK_BYTES = 1 << 16
const BATCH_ROWS = 250
/** Rows of a batch hold about this much at most, beside the last of them. */
const BATCH_CHARS = 1 << 18

async function* decodeChunks(source: AsyncIterable<Uint8Array>, onBytes: (count: number) => void, encoding: Encoding) {
  const decoder = encoding === 'utf-8' ? null : new TextDecoder(encoding)
  for await (const chunk of source) {
    onBytes(chunk.length)
    yield decoder === null ? chunk : decoder.decode(chunk, { stream: true })
  }
  if (decoder !== null) yield decoder.decode()
}

function toTableError(error: unknown, row: number, limit: number): unknown {
  if (!(error instanceof CsvError)) return error
  const line = String('lines' in error && typeof error['lines'] === 'number' ? error['lines'] : row)
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new TableError('csv_record_too_large', { line, limit: toMegabytes(limit) })
  return new TableError('csv_quote', { line }, { cause: error })
}

function assertCommas(header: readonly string[]): void {
  const [only = ''] = header
  if (header.length > 1) return
  if (only.includes('\t')) throw new TableError('csv_delimiter', { what: 'Tab' })
  if (only.includes(';')) throw new TableError('csv_delimiter', { what: ';' })
}

function isBlank(record: readonly string[]): boolean {
  return record.length === 1 && record[0] === ''
}

function countChars(record: readonly string[]): number {
  let chars = record.length
  for (const cell of record) chars += cell.length
  return chars
}

/** The rows of a CSV file (RFC 4180) in batches, as they are read. */
export async function readCsv(
  path: string,
  encoding: Encoding,
  limits: TableLimits,
  { pulse, sink }: { readonly sink: RowSink; readonly pulse: Pulse },
): Promise<void> {
  let bytesRead = 0
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  const text = Readable.from(
    decodeChunks(file, (count) => (bytesRead += count), encoding),
    { objectMode: true },
  )
  const parser: Parser = text.pipe(
    parse({
      bom: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: limits.csvRowBytes,
    }),
  )
  text.on('error', (error) => parser.destroy(error))
  let row = 0
  let rows: TableRow[] = []
  let chars = 0
  try {
    for await (const record of parser) {
      const cells = record as string[]
      row += 1
      if (row === 1) assertCommas(cells)
      if (cells.length > limits.columns) {
        throw new TableError('csv_too_many_columns', { line: String(row), limit: String(limits.columns) })
      }
      if (isBlank(cells)) continue
      rows.push({ row, cells })
      chars += countChars(cells)
      if (rows.length < BATCH_ROWS && chars < BATCH_CHARS) continue
      await pulse()
      await sink.rows(rows, bytesRead)
      rows = []
      chars = 0
    }
    await sink.rows(rows, bytesRead)
  } catch (error) {
    throw toTableError(error, row + 1, limits.csvRowBytes)
  } finally {
    file.destroy()
    text.destroy()
    parser.destroy()
  }
}
