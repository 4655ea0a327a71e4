import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import type { Pulse } from '../reader/messages.ts'
import { TableError, toMegabytes } from '../table/table.ts'

export type Encoding = 'utf-8' | 'gb18030'

const CHUNK_BYTES = 1 << 18
const NEWLINE = 0x0a
const RETURN = 0x0d
const ENOUGH_CHARACTERS = 10_000

export interface DetectOptions {
  /** Bytes of a line that no row can be read from. */
  readonly rowBytes: number
  readonly pulse: Pulse
}

function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1
  return lines
}

/** Takes a file piece by piece, and says of each whether it is still valid. */
interface Checker {
  takes(bytes: Uint8Array): boolean
  /** False when the file ends within a character. */
  ends(): boolean
}

/** Bytes at the end that begin a character of UTF-8 without ending it. */
function countOpenBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return back < length ? back : 0
  }
  return 0
}

/** Looks at the bytes where they are: nothing is decoded. */
function createUtf8Checker(): Checker {
  let open: Uint8Array = new Uint8Array()
  return {
    takes: (bytes) => {
      const whole = open.length === 0 ? bytes : Buffer.concat([open, bytes])
      const end = whole.length - countOpenBytes(whole)
      open = whole.slice(end)
      return isUtf8(whole.subarray(0, end))
    },
    ends: () => open.length === 0,
  }
}

function createGb18030Checker(): Checker {
  const decoder = new TextDecoder('gb18030', { fatal: true })
  const isDecoded = (decode: () => string): boolean => {
    try {
      decode()
      return true
    } catch {
      return false
    }
  }
  return {
    takes: (bytes) => isDecoded(() => decoder.decode(bytes, { stream: true })),
    ends: () => isDecoded(() => decoder.decode()),
  }
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

interface Attempt {
  readonly isValid: boolean
  /** Line of the file near which the first invalid byte stands. */
  readonly line: number
}

async function attempt(path: string, encoding: Encoding, options: DetectOptions): Promise<Attempt> {
  const checker = encoding === 'utf-8' ? createUtf8Checker() : createGb18030Checker()
  let line = 1
  let lineBytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    await options.pulse()
    const bytes = chunk as Uint8Array
    if (!checker.takes(bytes)) return { isValid: false, line: line + findBadLine(bytes, encoding) }
    const lastEnd = Math.max(bytes.lastIndexOf(NEWLINE), bytes.lastIndexOf(RETURN))
    lineBytes = lastEnd === -1 ? lineBytes + bytes.length : bytes.length - 1 - lastEnd
    line += countLines(bytes)
    // A gigabyte without a line end need not be read to its end.
    if (lineBytes > options.rowBytes) {
      throw new TableError('csv_record_too_large', { line: String(line), limit: toMegabytes(options.rowBytes) })
    }
  }
  return { isValid: checker.ends(), line }
}

/** True for UTF-8 with a few broken bytes in it: read as GB 18030 it would come out as other characters, silently. */
async function isDamagedUtf8(path: string, pulse: Pulse): Promise<boolean> {
  const decoder = new TextDecoder('utf-8')
  let broken = 0
  let han = 0
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    await pulse()
    const text = decoder.decode(chunk as Uint8Array, { stream: true })
    broken += text.match(/\uFFFD/g)?.length ?? 0
    han += text.match(/[\u4e00-\u9fff]/g)?.length ?? 0
    if (broken + han > ENOUGH_CHARACTERS) break
  }
  return han > broken
}

/**
 * UTF-8 when the whole file is valid UTF-8, else GB 18030 when it is valid that way, else TableError; also when a line is
 * too large for a row. A quarter of a megabyte is looked at at a time.
 */
export async function detectEncoding(path: string, options: DetectOptions): Promise<Encoding> {
  const asUtf8 = await attempt(path, 'utf-8', options)
  if (asUtf8.isValid) return 'utf-8'
  if (await isDamagedUtf8(path, options.pulse)) throw new TableError('encoding_unknown', { line: String(asUtf8.line) })
  const asGb18030 = await attempt(path, 'gb18030', options)
  if (asGb18030.isValid) return 'gb18030'
  throw new TableError('encoding_unknown', { line: String(asGb18030.line) })
}
