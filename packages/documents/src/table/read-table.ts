import { open, stat } from 'node:fs/promises'
import { detectEncoding } from '../csv/detect-encoding.ts'
import { readCsv } from '../csv/read-csv.ts'
import { readXlsx } from '../xlsx/read-xlsx.ts'
import { assertWorkbook, openZip } from '../xlsx/zip.ts'
import { SNIFF_BYTES, sniff } from './sniff.ts'
import { type Table, TABLE_LIMITS, TableError, type TableLimits, toMegabytes } from './table.ts'

const MAX_MIME_BYTES = 1_000

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

/** An old workbook, or a new one in the wrapping that a password gives it. */
async function refuseOle(path: string, size: number): Promise<never> {
  const file = await open(path, 'r')
  try {
    // The name of the stream stands in the directory of the container, which may be anywhere in it.
    const length = Math.min(size, TABLE_LIMITS.xlsxBytes)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
    const isEncrypted = buffer.subarray(0, bytesRead).includes(Buffer.from('EncryptedPackage', 'utf16le'))
    throw new TableError(isEncrypted ? 'file_is_encrypted' : 'file_is_xls')
  } finally {
    await file.close()
  }
}

async function assertIsWorkbook(path: string): Promise<void> {
  const zip = await openZip(path)
  try {
    await assertWorkbook(zip, async () => {
      const chunks: Uint8Array[] = []
      for await (const chunk of await zip.open('mimetype', MAX_MIME_BYTES)) chunks.push(chunk as Uint8Array)
      return Buffer.concat(chunks).toString('latin1')
    })
  } finally {
    zip.close()
  }
}

/**
 * Opens a CSV or XLSX file by its content, whatever its name. The first row that is handed over is the header.
 * Throws TableError for what is no table of ours; reading its rows may throw it too.
 */
export async function readTable(
  path: string,
  options: { readonly limits?: Partial<TableLimits>; readonly signal?: AbortSignal | undefined } = {},
): Promise<Table> {
  const limits: TableLimits = { ...TABLE_LIMITS, ...options.limits }
  const { signal } = options
  const { head, size } = await readHead(path)
  const nature = sniff(head)
  if (nature === 'ole') return refuseOle(path, size)
  if (nature === 'zip') {
    if (size > limits.xlsxBytes) {
      throw new TableError('file_too_large', { size: toMegabytes(size), limit: toMegabytes(limits.xlsxBytes) })
    }
    await assertIsWorkbook(path)
    return {
      format: 'xlsx',
      encoding: null,
      bytesTotal: size,
      batches: readXlsx(path, { limits, bytesTotal: size, signal }),
    }
  }
  const encoding = await detectEncoding(path, signal)
  return {
    format: 'csv',
    encoding,
    bytesTotal: size,
    batches: readCsv(path, encoding, { rowBytes: limits.csvRowBytes, signal }),
  }
}
