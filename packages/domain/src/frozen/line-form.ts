import { fromIso, toLocalIso } from '../calendar/local-time.ts'
import { isPlainDate, type PlainDate } from '../calendar/plain-date.ts'
import { compareCodePoints } from '../league/code-point-order.ts'

/** How a value stands in a line; `read` throws RangeError for what is none. */
export interface Field<V> {
  readonly write: (value: V) => string
  readonly read: (json: unknown) => V
  /** True for a value that has no key in the line: a line from before the field was there reads the same. */
  readonly isLeftOut?: (value: V) => boolean
}

/** The one spelling of a row as a line of JSON, and back. */
export interface LineForm<T> {
  readonly write: (row: T) => string
  /** Throws RangeError for a line that is not exactly what `write` gives. */
  readonly read: (line: string) => T
  /** Order of the lines: by identity, text by code point. */
  readonly compare: (a: T, b: T) => number
}

function refuse(json: unknown): never {
  throw new RangeError(`not a value of its field: ${JSON.stringify(json)}`)
}

export const text: Field<string> = {
  write: (value) => JSON.stringify(value),
  read: (json) => (typeof json === 'string' && json.isWellFormed() ? json : refuse(json)),
}

export const whole: Field<number> = {
  write: String,
  read: (json) => (typeof json === 'number' && Number.isSafeInteger(json) && json >= 0 ? json : refuse(json)),
}

/** Epoch ms, whole seconds; in a line ISO 8601 with +08:00. */
export const instant: Field<number> = {
  write: (at) => `"${toLocalIso(at)}"`,
  read: (json) => {
    const at = typeof json === 'string' ? fromIso(json) : Number.NaN
    return Number.isFinite(at) ? at : refuse(json)
  },
}

export const date: Field<PlainDate> = {
  write: (value) => `"${value}"`,
  read: (json) => (typeof json === 'string' && isPlainDate(json) ? json : refuse(json)),
}

export function oneOf<const V extends string>(values: readonly V[]): Field<V> {
  return { write: text.write, read: (json) => values.find((value) => value === json) ?? refuse(json) }
}

export function orNull<V>(field: Field<V>): Field<V | null> {
  return {
    write: (value) => (value === null ? 'null' : field.write(value)),
    read: (json) => (json === null ? null : field.read(json)),
  }
}

/** Null where it is left out, which it is when null. */
export function orLeftOut<V>(field: Field<V>): Field<V | null | undefined> {
  return {
    // Safe: nobody writes what is left out.
    write: (value) => field.write(value as V),
    read: (json) => (json === undefined ? null : field.read(json)),
    isLeftOut: (value) => value == null,
  }
}

/** In the order given. */
export function listOf<V>(field: Field<V>): Field<readonly V[]> {
  return {
    write: (values) => `[${values.map(field.write).join(',')}]`,
    read: (json) => (Array.isArray(json) ? json.map(field.read) : refuse(json)),
  }
}

/** A set of keys; in a line by code point, outside in the order of `values`. */
export function setOf<const V extends string>(values: readonly V[]): Field<readonly V[]> {
  const list = listOf(oneOf(values))
  return {
    write: (set) => list.write(set.toSorted(compareCodePoints)),
    read: (json) => {
      const set = new Set(list.read(json))
      return values.filter((value) => set.has(value))
    },
  }
}

function compareValues(a: unknown, b: unknown): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareCodePoints(String(a), String(b))
}

/**
 * `fields`: the key in the line and the field of each property; keys stand sorted. `identity`: the properties by which lines
 * are ordered, the most telling first.
 */
export function lineForm<T extends object>(
  fields: { readonly [K in keyof T]-?: readonly [key: string, field: Field<T[K]>] },
  identity: readonly (keyof T)[],
): LineForm<T> {
  const properties = (Object.keys(fields) as (keyof T)[]).sort((a, b) => compareCodePoints(fields[a][0], fields[b][0]))
  const parts = properties.map((property) => {
    const [key, field] = fields[property]
    return { property, key, field, head: `${JSON.stringify(key)}:` }
  })
  const write = (row: T): string => {
    let line = '{'
    for (const { field, head, property } of parts) {
      const value = row[property]
      if (field.isLeftOut?.(value) !== true) line += (line === '{' ? '' : ',') + head + field.write(value)
    }
    return `${line}}`
  }
  return {
    write,
    read: (line) => {
      const json: unknown = JSON.parse(line)
      if (typeof json !== 'object' || json === null) return refuse(json)
      const values = new Map<string, unknown>(Object.entries(json))
      // Safe: every property has its field, and the line is compared with what they write.
      const row = Object.fromEntries(
        parts.map(({ field, key, property }) => [property, field.read(values.get(key))]),
      ) as T
      if (write(row) !== line) throw new RangeError('not the canonical form')
      return row
    },
    compare: (a, b) => {
      for (const property of identity) {
        const order = compareValues(a[property], b[property])
        if (order !== 0) return order
      }
      return 0
    },
  }
}
