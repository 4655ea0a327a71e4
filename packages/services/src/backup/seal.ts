import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { KEY_BYTES } from './backup-format.ts'

const SEGMENT_BYTES = 65_536
const TAG_BYTES = 16
const NONCE_BYTES = 12

/** A segment that does not open: another key, or another file. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError'
  /** From 0. */
  readonly segment: number

  constructor(segment: number, options?: ErrorOptions) {
    super(`segment ${segment} does not open`, options)
    this.segment = segment
  }
}

interface SealArgs {
  /** 32 bytes, from the key file. */
  readonly key: Buffer
  /** 32 random bytes, new for every file: no two files share a key, so a counter is nonce enough. */
  readonly salt: Buffer
  /** First line of the file; bound into every segment. */
  readonly firstLine: string
}

function fileKey({ key, salt }: SealArgs): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, 'zhidu-backup 1', KEY_BYTES))
}

/** The number of the segment, and whether it is the last: neither order nor end can be changed unnoticed. */
function nonceOf(segment: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES)
  nonce.writeBigUInt64BE(BigInt(segment), 3)
  nonce[NONCE_BYTES - 1] = isLast ? 1 : 0
  return nonce
}

/** Cuts a stream into pieces of exactly `size` bytes and a last one of 1 to `size`, or of 0 for an empty stream. */
async function* toPieces(
  source: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<{ readonly piece: Buffer; readonly isLast: boolean }> {
  let held: Buffer[] = []
  let heldBytes = 0
  for await (const chunk of source) {
    held.push(chunk)
    heldBytes += chunk.length
    if (heldBytes <= size) continue
    const joined = Buffer.concat(held)
    let at = 0
    // One byte stays behind at the least, so that the last piece is known as such.
    for (; joined.length - at > size; at += size) yield { piece: joined.subarray(at, at + size), isLast: false }
    held = [joined.subarray(at)]
    heldBytes = joined.length - at
  }
  yield { piece: Buffer.concat(held), isLast: true }
}

/** AES-256-GCM in segments of 64 KiB, each with its own tag. */
export async function* seal(source: AsyncIterable<Buffer>, args: SealArgs): AsyncGenerator<Buffer> {
  const key = fileKey(args)
  const bound = Buffer.from(args.firstLine)
  let segment = 0
  for await (const { isLast, piece } of toPieces(source, SEGMENT_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(segment, isLast))
    cipher.setAAD(bound)
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()])
    segment += 1
  }
}

/** What `seal` was given. Throws UnsealError at the first segment that does not open; nothing of it is given out. */
export async function* unseal(source: AsyncIterable<Buffer>, args: SealArgs): AsyncGenerator<Buffer> {
  const key = fileKey(args)
  const bound = Buffer.from(args.firstLine)
  let segment = 0
  for await (const { isLast, piece } of toPieces(source, SEGMENT_BYTES + TAG_BYTES)) {
    if (piece.length < TAG_BYTES) throw new UnsealError(segment)
    const cipher = createDecipheriv('aes-256-gcm', key, nonceOf(segment, isLast), { authTagLength: TAG_BYTES })
    cipher.setAAD(bound)
    cipher.setAuthTag(piece.subarray(-TAG_BYTES))
    try {
      yield Buffer.concat([cipher.update(piece.subarray(0, -TAG_BYTES)), cipher.final()])
    } catch (cause) {
      throw new UnsealError(segment, { cause })
    }
    segment += 1
  }
}
