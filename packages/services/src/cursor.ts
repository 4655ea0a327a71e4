import { ServiceError } from './service-error.ts'

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
  if (typeof at !== 'number' || !Number.isSafeInteger(at)) return refuse()
  return { at, keys: keys.map((key) => (typeof key === 'string' ? key : refuse())) }
}
