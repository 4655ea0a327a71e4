import { isUtf8 } from 'node:buffer'

/** One line of an exported log: the text that was hashed, what it follows and its hash, both hexadecimal. */
export interface LogEntry {
  readonly seq: number
  readonly text: string
  readonly prev: string
  readonly hash: string
}

/** First line of an exported log, without its end. */
export function toLogHeader(origin: string): string {
  return JSON.stringify({ zhidu: 'audit-log', v: 1, origin })
}

/** A further line, without its end. */
export function toLogLine({ hash, prev, seq, text }: LogEntry): string {
  return JSON.stringify({ seq, text, prev, hash })
}

function parseObject(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line)
    // Safe: what its members are is looked at one by one.
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}

/** The log's origin; null when the line is not spelled as `toLogHeader` spells it. */
export function parseLogHeader(line: string): string | null {
  const origin = parseObject(line)?.['origin']
  return typeof origin === 'string' && toLogHeader(origin) === line ? origin : null
}

const HASH = /^[0-9a-f]{64}$/

/** Null when the line is not spelled as `toLogLine` spells it, to the last byte. */
export function parseLogLine(line: string): LogEntry | null {
  const { hash, prev, seq, text } = parseObject(line) ?? {}
  if (typeof seq !== 'number' || typeof text !== 'string' || typeof prev !== 'string' || typeof hash !== 'string')
    return null
  if (!Number.isSafeInteger(seq) || seq < 1 || !HASH.test(prev) || !HASH.test(hash)) return null
  const entry = { seq, text, prev, hash }
  return toLogLine(entry) === line ? entry : null
}

const NEWLINE = 0x0a

/** A line that is no UTF-8 comes as an empty one, which no log has. */
function toLine(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : ''
}

/** The lines of a file, ended by LF alone: text may hold every other sign that some readers take for a line's end. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Buffer[] = []
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      const piece = bytes.subarray(start, end)
      yield toLine(rest.length === 0 ? piece : Buffer.concat([...rest, piece]))
      rest = []
      start = end + 1
    }
    if (start < bytes.length) rest.push(Buffer.from(bytes.subarray(start)))
  }
  if (rest.length > 0) yield toLine(Buffer.concat(rest))
}
