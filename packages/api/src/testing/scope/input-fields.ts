import type { z } from 'zod'

/** What of a zod definition is looked at here. */
interface Definition {
  readonly type: string
  readonly innerType?: Schema
  readonly element?: Schema
  readonly shape?: Readonly<Record<string, Schema>>
  readonly options?: readonly Schema[]
  readonly in?: Schema
  readonly catchall?: Schema
  readonly entries?: Readonly<Record<string, string>>
  readonly format?: string
}
interface Schema {
  readonly _zod: { readonly def: Definition }
}

const INNER = ['optional', 'nullable', 'default', 'readonly', 'nonoptional', 'prefault']

/** The schema behind `optional`, `nullable` and what is done to a value before or after. */
function bare(schema: Schema): Schema {
  const { def } = schema._zod
  if (INNER.includes(def.type) && def.innerType !== undefined) return bare(def.innerType)
  return def.type === 'pipe' && def.in !== undefined ? bare(def.in) : schema
}

export interface InputField {
  readonly name: string
  /** `string`, `enum`, `boolean`, … of zod; `custom` is checked by a function. */
  readonly type: string
  readonly format: string | undefined
  readonly isRequired: boolean
  readonly choices: readonly string[]
}

/** Fields of an input; throws for one that is no object. */
export function listFields(input: z.ZodType): InputField[] {
  // Safe: what zod keeps of every schema; a field that is not there throws.
  const { shape } = bare(input as unknown as Schema)._zod.def
  if (shape === undefined) throw new RangeError('an input that is no object')
  return Object.entries(shape).map(([name, schema]) => {
    const { def } = bare(schema)._zod
    const isRequired = schema._zod.def.type !== 'optional'
    return { name, type: def.type, format: def.format, isRequired, choices: Object.values(def.entries ?? {}) }
  })
}

/** Every object inside an input that lets unknown keys through, by its place. */
export function listLoose(input: z.ZodType | Schema, place = ''): string[] {
  const { def } = bare(input as Schema)._zod
  const inner = [...Object.entries(def.shape ?? {}), ...(def.options ?? []).map((one, n) => [String(n), one] as const)]
  const nested = inner.flatMap(([name, schema]) => listLoose(schema, `${place}.${name}`))
  const items = def.element === undefined ? [] : listLoose(def.element, `${place}[]`)
  const isLoose = def.type === 'object' && def.catchall?._zod.def.type !== 'never'
  return [...(isLoose ? [place === '' ? '.' : place] : []), ...nested, ...items]
}
