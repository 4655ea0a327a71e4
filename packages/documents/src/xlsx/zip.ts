import type { Readable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { TableError, toMegabytes } from '../table/table.ts'

const MAX_ENTRIES = 10_000
/** A worksheet shrinks 10 to 60 times; beyond this, and beyond what a small file needs, it is made to burst. */
const MAX_RATIO = 300
const RATIO_FREE_BYTES = 20_000_000

/** The parts of a workbook by their path; only the directory is read until a part is opened. */
export interface Zip {
  has(path: string): boolean
  /** Inflated size as the directory states it; opening fails when the part turns out larger. */
  sizeOf(path: string): number
  open(path: string, limit: number): Promise<Readable>
  close(): void
}

function damaged(error: unknown): TableError {
  const detail = error instanceof Error ? error.message : String(error)
  return new TableError('xlsx_damaged', { detail }, { cause: error })
}

async function readDirectory(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MAX_ENTRIES) throw new TableError('xlsx_damaged', { detail: `${zip.entryCount} parts` })
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    // Part names of Office packages are not case sensitive.
    const name = entry.fileName.toLowerCase()
    if (entries.has(name)) throw new TableError('xlsx_damaged', { detail: `two parts ${entry.fileName}` })
    entries.set(name, entry)
  }
  return entries
}

/** Opens a ZIP file by its directory. Throws TableError for one that is damaged. */
export async function openZip(path: string): Promise<Zip> {
  let zip: ZipFile
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true })
  } catch (error) {
    throw damaged(error)
  }
  let entries: Map<string, Entry>
  try {
    entries = await readDirectory(zip)
  } catch (error) {
    zip.close()
    throw error instanceof TableError ? error : damaged(error)
  }
  const get = (name: string): Entry => {
    const entry = entries.get(name.toLowerCase())
    if (entry === undefined) throw new TableError('xlsx_damaged', { detail: `no ${name}` })
    return entry
  }
  return {
    has: (name) => entries.has(name.toLowerCase()),
    sizeOf: (name) => get(name).uncompressedSize,
    open: async (name, limit) => {
      const entry = get(name)
      if (entry.isEncrypted()) throw new TableError('file_is_encrypted')
      const ratio = entry.uncompressedSize / Math.max(entry.compressedSize, 1)
      if (entry.uncompressedSize > limit || (ratio > MAX_RATIO && entry.uncompressedSize > RATIO_FREE_BYTES)) {
        throw new TableError('xlsx_expands', { limit: toMegabytes(Math.min(limit, entry.uncompressedSize)) })
      }
      try {
        return await zip.openReadStreamPromise(entry)
      } catch (error) {
        throw damaged(error)
      }
    },
    close: () => zip.close(),
  }
}

/** What a ZIP file is that is not a workbook of ours; throws TableError unless it is one. */
export async function assertWorkbook(zip: Zip, readMimeType: () => Promise<string>): Promise<void> {
  if (zip.has('xl/workbook.xml') || zip.has('[Content_Types].xml')) {
    if (zip.has('xl/workbook.bin')) throw new TableError('file_is_xlsb')
    if (zip.has('word/document.xml')) throw new TableError('file_is_other', { what: 'Word' })
    if (zip.has('ppt/presentation.xml')) throw new TableError('file_is_other', { what: 'PowerPoint' })
    return
  }
  if (zip.has('mimetype') && (await readMimeType()).includes('opendocument.spreadsheet'))
    throw new TableError('file_is_ods')
  throw new TableError('file_is_other', { what: 'ZIP' })
}
