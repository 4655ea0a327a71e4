import { ServiceError } from './service-error.ts'

/** The years 1 to 9999 in UTC, epoch ms: what a database keeps. */
const FIRST_INSTANT = -62_135_596_800_000
const LAST_INSTANT = 253_402_300_799_999

/** A place in a list as an opaque text. */
export function toCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** A time (epoch ms) followed by `keyCount` keys. Throws ServiceError `invalid` for a text that is no such place. */
export function fromCursor(
  cursor: string,
  keyCount: number,
): { readonly at: number; readonly keys: readonly string[] } {
  const refuse = (cause?: unknown): never => {
    throw new ServiceError('invalid', 'cursor_unknown', {}, { cause })
  }
  let place: unknown
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch (error) {
    return refuse(error)
  }
  if (!Array.isArray(place) || place.length !== keyCount + 1) return refuse()
  const [at, ...keys]: unknown[] = place
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < FIRST_INSTANT || at > LAST_INSTANT) return refuse()
  // The database keeps no U+0000.
  return { at, keys: keys.map((key) => (typeof key === 'string' && !key.includes('\u0000') ? key : refuse())) }
}
