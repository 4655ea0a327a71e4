import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { CsvError, type Parser, parse } from 'csv-parse'
import { TableError, type TableBatch, type TableRow, toMegabytes } from '../table/table.ts'
import type { Encoding } from './detect-encoding.ts'

const CHUNK_BYTES = 1 << 16
const BATCH_ROWS = 250

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

/** The rows of a CSV file (RFC 4180) in batches, as they are read. */
export async function* readCsv(
  path: string,
  encoding: Encoding,
  options: { readonly rowBytes: number; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<TableBatch> {
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
      max_record_size: options.rowBytes,
    }),
  )
  text.on('error', (error) => parser.destroy(error))
  let row = 0
  let rows: TableRow[] = []
  try {
    for await (const record of parser) {
      const cells = record as string[]
      row += 1
      if (row === 1) assertCommas(cells)
      if (!isBlank(cells)) rows.push({ row, cells })
      if (rows.length < BATCH_ROWS) continue
      options.signal?.throwIfAborted()
      yield { rows, bytesRead }
      rows = []
    }
    yield { rows, bytesRead }
  } catch (error) {
    throw toTableError(error, row + 1, options.rowBytes)
  } finally {
    file.destroy()
    text.destroy()
    parser.destroy()
  }
}
