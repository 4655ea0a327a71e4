import { open, stat } from 'node:fs/promises'
import { detectEncoding } from '../csv/detect-encoding.ts'
import { readCsv } from '../csv/read-csv.ts'
import { SNIFF_BYTES, sniff } from '../table/sniff.ts'
import { TableError, type TableLimits, toMegabytes } from '../table/table.ts'
import type { Pulse, RowSink } from './messages.ts'

const OLE_CHUNK_BYTES = 1 << 20
const ENCRYPTED_STREAM = Buffer.from('EncryptedPackage', 'utf16le')
/** Of an old document; WPS writes it too. */
const WORD_STREAM = Buffer.from('WordDocument', 'utf16le')

async function readHead(path: string): Promise<{ head: Uint8Array; size: number }> {
  try {
    const info = await stat(path)
    if (!info.isFile()) throw new TableError('file_unreadable', { path })
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0)
      return { head: buffer.subarray(0, bytesRead), size: info.size }
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof TableError) throw error
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw new TableError(isMissing ? 'file_missing' : 'file_unreadable', { path }, { cause: error })
  }
}

/** An old workbook, or a new one in the wrapping that a password gives it: the stream's name may stand anywhere. */
async function refuseOle(path: string, limits: TableLimits): Promise<never> {
  const file = await open(path, 'r')
  let isWord = false
  try {
    const buffer = Buffer.alloc(OLE_CHUNK_BYTES)
    // Pieces overlap, so that a name across two of them is found.
    for (let at = 0; at < limits.xlsxBytes; at += OLE_CHUNK_BYTES - ENCRYPTED_STREAM.length) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
      if (buffer.subarray(0, bytesRead).includes(ENCRYPTED_STREAM)) throw new TableError('file_is_encrypted')
      isWord ||= buffer.subarray(0, bytesRead).includes(WORD_STREAM)
      if (bytesRead < buffer.length) break
    }
    throw new TableError(isWord ? 'file_is_doc' : 'file_is_xls')
  } finally {
    await file.close()
  }
}

/**
 * Reads a CSV or XLSX file, or a Word document where these are taken, by its content, whatever its name. Rows without content are left out.
 * Throws TableError for what is no table of ours. Memory does not grow with the rows.
 */
export async function readFile(
  path: string,
  limits: TableLimits,
  sink: RowSink,
  pulse: Pulse,
  readsWord: boolean,
): Promise<void> {
  const { head, size } = await readHead(path)
  const nature = sniff(head)
  if (nature === 'ole') return refuseOle(path, limits)
  if (nature === 'zip') {
    if (size > limits.xlsxBytes) {
      throw new TableError('file_too_large', { size: toMegabytes(size), limit: toMegabytes(limits.xlsxBytes) })
    }
    // Loaded when it is needed: most files are CSV, and the process starts anew for each.
    if (readsWord) {
      const { readWordTables } = await import('../word/read-word-tables.ts')
      if (await readWordTables(path, limits, { sink, pulse, bytesTotal: size })) return
    }
    const { readXlsx } = await import('../xlsx/read-xlsx.ts')
    return readXlsx(path, limits, { sink, pulse, bytesTotal: size })
  }
  const encoding = await detectEncoding(path, { rowBytes: limits.csvRowBytes, pulse })
  await sink.table({ format: 'csv', encoding, bytesTotal: size })
  return readCsv(path, encoding, limits, { sink, pulse })
}
