/** Digits and letters that cannot be taken for each other when read aloud. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BITS = 50n
const PER_LETTER = 5n

/**
 * The number of an inspection's record, e.g. `CC-7F3AK-19C2M`: 50 bits of its id, so that a phone without network knows it.
 * Throws RangeError for a text that is no UUID.
 */
export function checkCodeOf(inspectionId: string): string {
  const hex = inspectionId.replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/.test(hex)) throw new RangeError('an inspection is known by a UUID in small letters')
  // The last bits of a random UUID bear no version.
  let rest = BigInt(`0x${hex}`) & ((1n << BITS) - 1n)
  let code = ''
  for (let at = 0n; at < BITS; at += PER_LETTER) {
    code = LETTERS.charAt(Number(rest & 31n)) + code
    rest >>= PER_LETTER
  }
  return `CC-${code.slice(0, 5)}-${code.slice(5)}`
}
