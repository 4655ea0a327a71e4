import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type FrozenPart, type FrozenQuarterRow, listFrozenParts, type ReadonlyDb } from '@zhidu/db'
import { MANIFEST_FILE } from './package-files.ts'

/** Where the files of a frozen quarter are read from. */
export interface QuarterSource {
  readonly manifestText: () => Promise<string>
  readonly open: (name: string) => AsyncIterable<Uint8Array>
}

/** A piece as it was before it was packed. */
export function contentOf(part: Pick<FrozenPart, 'content' | 'isGzip'>): Buffer {
  return part.isGzip ? gunzipSync(part.content) : part.content
}

/** For who reaches everything: of another's view only the own units' pieces would be there. */
export function storedSource(db: ReadonlyDb, frozen: Pick<FrozenQuarterRow, 'frozenId' | 'manifest'>): QuarterSource {
  return {
    manifestText: () => Promise.resolve(frozen.manifest),
    open: async function* (fileName) {
      for await (const page of listFrozenParts(db, { frozenId: frozen.frozenId, fileName })) {
        for (const part of page) yield contentOf(part)
      }
    },
  }
}

/** The folder that an export made. */
export function folderSource(folder: string): QuarterSource {
  return {
    manifestText: () => readFile(join(folder, MANIFEST_FILE), 'utf8'),
    open: (name) => createReadStream(join(folder, ...name.split('/')), { highWaterMark: 1 << 18 }),
  }
}

export async function readWhole(source: QuarterSource, name: string): Promise<string> {
  const chunks = []
  for await (const chunk of source.open(name)) chunks.push(chunk)
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks))
}

/** The lines of a file without their ends, some at a time. Throws RangeError when the last one does not end. */
export async function* readLines(source: QuarterSource, name: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  for await (const chunk of source.open(name)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (lines.length > 0) yield lines
  }
  if (rest + decoder.decode() !== '') throw new RangeError(`${name} does not end with a line`)
}
