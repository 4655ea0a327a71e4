export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const HALF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/**
 * The one spelling of a value: keys sorted, no white space. Numbers are whole and safe, for every program to read alike.
 * Throws RangeError for anything else. Source: RFC 8785.
 */
export function toCanonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new RangeError(`${value} is no whole number`)
    return String(value)
  }
  if (typeof value === 'string') {
    if (/[\ud800-\udfff]/.test(value) && HALF_PAIR.test(value))
      throw new RangeError('half of a surrogate pair has no canonical JSON')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item: Json) => toCanonicalJson(item)).join(',')}]`
  // Safe: what is neither null, flag, number, text nor list is an object.
  const object = value as { readonly [key: string]: Json }
  // By UTF-16 code units, as the standard asks and as sort does when it is told nothing.
  const keys = Object.keys(object).sort()
  return `{${keys.map((key) => `${toCanonicalJson(key)}:${toCanonicalJson(object[key] ?? null)}`).join(',')}}`
}
