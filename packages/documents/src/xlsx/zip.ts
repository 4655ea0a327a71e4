import { crc32 } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import type { Pulse } from '../reader/messages.ts'
import { TableError, toMegabytes } from '../table/table.ts'

const MAX_ENTRIES = 10_000
/** A worksheet shrinks 10 to 60 times; beyond this, and beyond what a small file needs, it is made to burst. */
const MAX_RATIO = 300
const RATIO_FREE_BYTES = 20_000_000
/** Bytes of a local header without its name. */
const LOCAL_HEADER_BYTES = 30

/** The parts of a workbook by their path; only the directory is read until a part is opened. */
export interface Zip {
  has(path: string): boolean
  names(): Iterable<string>
  /** Inflated size as the directory states it. */
  sizeOf(path: string): number
  /** The bytes of a part; throws TableError at their end when there were more or others than the directory says. */
  open(path: string, limit: number): Promise<AsyncIterable<Uint8Array>>
  close(): void
}

/** What yauzl says in words, by our codes. */
function toTableError(error: unknown, part = ''): TableError {
  if (error instanceof TableError) return error
  const detail = error instanceof Error ? error.message : String(error)
  const options = { cause: error }
  if (/signature not found|unexpected EOF/i.test(detail)) return new TableError('xlsx_truncated', {}, options)
  if (/strong encryption|is encrypted/.test(detail)) return new TableError('file_is_encrypted', {}, options)
  if (/bytes in the stream|size mismatch|overflows file bounds/.test(detail))
    return new TableError('xlsx_sizes', { part }, options)
  return new TableError('xlsx_damaged', { detail }, options)
}

/** No part may begin before the one in front of it ends, or lie outside the file: one piece could inflate many times. */
function assertApart(entries: readonly Entry[], fileSize: number): void {
  const sorted = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  let end = 0
  for (const { compressedSize, fileNameLength, fileNameRaw, relativeOffsetOfLocalHeader: start } of sorted) {
    const part = fileNameRaw.toString('utf8')
    if (start < end) throw new TableError('xlsx_overlap', { part })
    end = start + LOCAL_HEADER_BYTES + fileNameLength + compressedSize
    if (end > fileSize) throw new TableError('xlsx_sizes', { part })
  }
}

async function readDirectory(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MAX_ENTRIES) throw new TableError('xlsx_too_many_parts', { limit: String(MAX_ENTRIES) })
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    const part = entry.fileNameRaw.toString('utf8')
    if (yauzl.validateFileName(part) !== null) throw new TableError('xlsx_part_name', { part })
    if (entry.isEncrypted()) throw new TableError('file_is_encrypted')
    // Part names of Office packages are not case sensitive.
    const name = part.toLowerCase()
    if (entries.has(name)) throw new TableError('xlsx_part_repeated', { part })
    entries.set(name, entry)
  }
  assertApart([...entries.values()], zip.fileSize)
  return entries
}

async function* toChecked(zip: ZipFile, entry: Entry, part: string, pulse: Pulse): AsyncGenerator<Uint8Array> {
  let sum = 0
  try {
    const stream = await zip.openReadStreamPromise(entry)
    try {
      for await (const chunk of stream) {
        const bytes = chunk as Uint8Array
        sum = crc32(bytes, sum)
        await pulse()
        yield bytes
      }
    } finally {
      stream.destroy()
    }
  } catch (error) {
    throw toTableError(error, part)
  }
  if (sum !== entry.crc32) throw new TableError('xlsx_checksum', { part })
}

/** Opens a ZIP file by its directory. Throws TableError for one that is damaged. */
export async function openZip(path: string, pulse: Pulse): Promise<Zip> {
  let zip: ZipFile
  try {
    // Names are judged here, as bytes are: yauzl's own answers come in words.
    zip = await yauzl.openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: true })
  } catch (error) {
    throw toTableError(error)
  }
  let entries: Map<string, Entry>
  try {
    entries = await readDirectory(zip)
  } catch (error) {
    zip.close()
    throw toTableError(error)
  }
  const get = (name: string): Entry => {
    const entry = entries.get(name.toLowerCase())
    if (entry === undefined) throw new TableError('xlsx_damaged', { detail: `no ${name}` })
    return entry
  }
  return {
    has: (name) => entries.has(name.toLowerCase()),
    names: () => entries.keys(),
    sizeOf: (name) => get(name).uncompressedSize,
    open: (name, limit) => {
      const entry = get(name)
      const ratio = entry.uncompressedSize / Math.max(entry.compressedSize, 1)
      if (entry.uncompressedSize > limit || (ratio > MAX_RATIO && entry.uncompressedSize > RATIO_FREE_BYTES)) {
        throw new TableError('xlsx_expands', { limit: toMegabytes(Math.min(limit, entry.uncompressedSize)) })
      }
      return Promise.resolve(toChecked(zip, entry, name, pulse))
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
  // A table inside is told to be unpacked, not opened: archives within archives end here.
  for (const name of zip.names())
    if (/\.(?:xlsx|xlsm|csv|zip)$/.test(name)) throw new TableError('file_is_archive', { part: name })
  throw new TableError('file_is_other', { what: 'ZIP' })
}
