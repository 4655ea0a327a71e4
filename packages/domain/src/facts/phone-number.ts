/** Fewer digits are no number that can be called, more than these none of any country. */
const MIN_DIGITS = 3
const MAX_DIGITS = 20
const AREA = /^\((\d{2,5})\) ?/
const EXTENSION = /^(.*\d) ?(?:ext\.?|x|#|转|分机) ?(\d{1,6})$/i
const NUMBER = /^\+?\d+(?:[ -]\d+)*$/

/**
 * A telephone number as it is kept and called: digits in groups parted by one space or hyphen, `+` in front of a country's code,
 * an extension at the end as ` ext 801`. Read besides: full width, an area code in brackets, `转801`, `分机801`, `x801`, `#801`.
 * null = no telephone number. What it gives it reads as itself.
 */
export function toPhoneNumber(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/ ?- ?/g, '-')
    .trim()
    .replace(AREA, '$1-')
  const [, before = plain, extension] = EXTENSION.exec(plain) ?? []
  const digitCount = before.replace(/\D/g, '').length
  if (!NUMBER.test(before) || digitCount < MIN_DIGITS || digitCount > MAX_DIGITS) return null
  return extension === undefined ? before : `${before} ext ${extension}`
}
