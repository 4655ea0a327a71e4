import { createHash } from 'node:crypto'

/** Without the letters that are read for others. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_LETTERS = 8

export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** The short code on a receipt: eight letters out of all that was filed and when. */
export function toReceiptCode(parts: readonly (string | number)[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest()
  return Array.from({ length: CODE_LETTERS }, (_, at) => LETTERS[(bytes[at] ?? 0) % LETTERS.length]).join('')
}
