/** Without I, L, O, 0 and 1, which are misread and misheard; 31 of them, a prime, so that the check character finds every slip below. */
const SYMBOLS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
/** 9 symbols: 44 bits that nobody guesses. */
export const RECEIPT_SYMBOLS = 9
const GROUP = 5

function checkOf(values: readonly number[]): number {
  return values.reduce((sum, value, index) => sum + value * (index + 2), 0) % SYMBOLS.length
}

/**
 * The short code of a receipt, `7KM4X-9PWA3`: nine symbols from random bytes and one that checks them. `random`: at least 9 whole
 * numbers from 0 to 255, of which those that would favour a symbol are passed over; throws RangeError when too few are left.
 */
export function toReceiptCode(random: readonly number[]): string {
  const fair = random.filter((byte) => byte < 256 - (256 % SYMBOLS.length)).slice(0, RECEIPT_SYMBOLS)
  if (fair.length < RECEIPT_SYMBOLS) throw new RangeError('too few random bytes for a receipt code')
  const values = fair.map((byte) => byte % SYMBOLS.length)
  const code = [...values, checkOf(values)].map((value) => SYMBOLS.charAt(value)).join('')
  return `${code.slice(0, GROUP)}-${code.slice(GROUP)}`
}

/**
 * A code as somebody typed or dictated it: any case, blanks, dashes and full-width forms. null = not one, which one wrong symbol or
 * two exchanged neighbours always bring about.
 */
export function parseReceiptCode(text: string): string | null {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐-―_.]/g, '')
  const values = Array.from(code, (symbol) => SYMBOLS.indexOf(symbol))
  if (values.length !== RECEIPT_SYMBOLS + 1 || values.includes(-1)) return null
  if (checkOf(values.slice(0, RECEIPT_SYMBOLS)) !== values[RECEIPT_SYMBOLS]) return null
  return `${code.slice(0, GROUP)}-${code.slice(GROUP)}`
}
