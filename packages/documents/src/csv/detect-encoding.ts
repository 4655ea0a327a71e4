import { createReadStream } from 'node:fs'
import { TableError } from '../table/table.ts'

export type Encoding = 'utf-8' | 'gb18030'

const CHUNK_BYTES = 1 << 20
const NEWLINE = 0x0a

function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1
  return lines
}

interface Attempt {
  readonly isValid: boolean
  /** Line of the file near which the first invalid byte stands. */
  readonly line: number
}

async function tryDecode(path: string, encoding: Encoding, signal?: AbortSignal): Promise<Attempt> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let line = 1
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    signal?.throwIfAborted()
    const bytes = chunk as Uint8Array
    try {
      decoder.decode(bytes, { stream: true })
    } catch {
      return { isValid: false, line: line + findBadLine(bytes, encoding) }
    }
    line += countLines(bytes)
  }
  try {
    decoder.decode()
  } catch {
    return { isValid: false, line }
  }
  return { isValid: true, line }
}

/** Lines before the first one that does not decode by itself. */
function findBadLine(bytes: Uint8Array, encoding: Encoding): number {
  let lines = 0
  for (let start = bytes.indexOf(NEWLINE) + 1; start > 0;) {
    const end = bytes.indexOf(NEWLINE, start)
    lines += 1
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(start, end === -1 ? bytes.length : end))
    } catch {
      return lines
    }
    start = end + 1
  }
  return 0
}

/** True for UTF-8 with a few broken bytes in it: read as GB 18030 it would come out as other characters, silently. */
async function isDamagedUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8')
  let broken = 0
  let han = 0
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const text = decoder.decode(chunk as Uint8Array, { stream: true })
    broken += text.match(/\uFFFD/g)?.length ?? 0
    han += text.match(/[\u4e00-\u9fff]/g)?.length ?? 0
    if (broken + han > 10_000) break
  }
  return han > broken
}

/** UTF-8 when the whole file is valid UTF-8, else GB 18030 when it is valid that way, else TableError. */
export async function detectEncoding(path: string, signal?: AbortSignal): Promise<Encoding> {
  const asUtf8 = await tryDecode(path, 'utf-8', signal)
  if (asUtf8.isValid) return 'utf-8'
  if (await isDamagedUtf8(path)) throw new TableError('encoding_unknown', { line: String(asUtf8.line) })
  const asGb18030 = await tryDecode(path, 'gb18030', signal)
  if (asGb18030.isValid) return 'gb18030'
  throw new TableError('encoding_unknown', { line: String(asGb18030.line) })
}
