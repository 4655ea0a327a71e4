import { hash } from 'node:crypto'

export const HASH_BYTES = 32
/** What the first entry follows: 32 zero bytes, in hexadecimal. */
export const NO_ENTRY = '00'.repeat(HASH_BYTES)

/**
 * SHA-256 of 0x00, the hash of the entry before and the text in UTF-8; hexadecimal, as `prev` is.
 * So an entry's hash is at once the RFC 6962 leaf hash of what the chain says there.
 */
export function hashEntry(prev: string, text: string): string {
  const bytes = Buffer.allocUnsafe(1 + HASH_BYTES + Buffer.byteLength(text))
  bytes[0] = 0
  bytes.write(prev, 1, HASH_BYTES, 'hex')
  bytes.write(text, 1 + HASH_BYTES, 'utf8')
  return hash('sha256', bytes)
}
