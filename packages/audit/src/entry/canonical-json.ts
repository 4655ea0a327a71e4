export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

function toText(text: string): string {
  if (!text.isWellFormed()) throw new RangeError('half of a surrogate pair has no canonical JSON')
  return JSON.stringify(text)
}

function toObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new RangeError('only plain objects are JSON')
  // Sorting by UTF-16 code units is what the standard asks for, and what sort does.
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${toText(key)}:${toCanonicalJson(member)}`).join(',')}}`
}

/**
 * The one spelling of a value: keys sorted, no white space, numbers as ECMAScript writes them.
 * Throws RangeError for what JSON does not hold (undefined, NaN, dates, half surrogate pairs).
 * Source: RFC 8785.
 */
export function toCanonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return toText(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is no JSON number`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item: Json) => toCanonicalJson(item)).join(',')}]`
  if (typeof value === 'object') return toObject(value)
  throw new RangeError(`${typeof value} is no JSON value`)
}
