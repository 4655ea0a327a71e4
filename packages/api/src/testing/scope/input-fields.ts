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
  readonly values?: readonly string[]
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
  /** `unit.name` for a field of an object inside. */
  readonly name: string
  /** `string`, `enum`, `boolean`, … of zod; `custom` is checked by a function. */
  readonly type: string
  readonly format: string | undefined
  readonly isRequired: boolean
  readonly choices: readonly string[]
}

function fieldsOf(schema: Schema, place: string): InputField[] {
  const { shape } = bare(schema)._zod.def
  if (shape === undefined) throw new RangeError('an input that is no object')
  return Object.entries(shape).flatMap(([key, inner]) => {
    const { def } = bare(inner)._zod
    const name = `${place}${key}`
    if (def.type === 'object') return fieldsOf(inner, `${name}.`)
    const isRequired = !['optional', 'default'].includes(inner._zod.def.type)
    const choices = Object.values(def.entries ?? def.values ?? {})
    return [{ name, type: def.type, format: def.format, isRequired, choices }]
  })
}

/** Fields of an input, by each form it may have: one that is no union has one. Throws for an input that is no object. */
export function listForms(input: z.ZodType): InputField[][] {
  // Safe: what zod keeps of every schema; a field that is not there throws.
  const schema = bare(input as unknown as Schema)
  return (schema._zod.def.options ?? [schema]).map((form) => fieldsOf(form, ''))
}

/** Fields of an input in any of its forms, each once. */
export function listFields(input: z.ZodType): InputField[] {
  return [...new Map(listForms(input).flatMap((form) => form.map((field) => [field.name, field] as const))).values()]
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
