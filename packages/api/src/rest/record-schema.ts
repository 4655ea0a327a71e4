import { type Kind, KIND_SHEETS, type KindColumn } from '@zhidu/contract'
import { z } from 'zod'

const HolidayText = z.string().regex(/^\d{4}-\p{Script=Han}+$/u)
const LIST_TYPES = new Set(['keys', 'names'])

function valueSchema({ value }: KindColumn): z.ZodType {
  switch (value.type) {
    case 'code':
    case 'text':
      return z.string().max(value.max)
    case 'enum':
      return z.enum(Object.keys(value.words))
    case 'keys':
      return z.array(z.enum(Object.keys(value.words)))
    case 'names':
      return z.array(z.string())
    case 'phone':
      return z.string().max(60)
    case 'instant':
      return z.iso.datetime({ offset: true })
    case 'date':
      return z.iso.date()
    case 'count':
      return z.int().min(0).max(value.max)
    case 'holiday':
      return HolidayText
  }
}

function describe({ name, note }: KindColumn): string {
  return `${name['zh-CN']} · ${name.en}${note.en === '' ? '' : `. ${note['zh-CN']} ${note.en}`}`
}

/** A record as it is read: every key of the kind, null for what is empty; lists are never null. */
function readSchema(kind: Kind): z.ZodType {
  const fields = KIND_SHEETS[kind].columns.map((column): [string, z.ZodType] => {
    const schema = valueSchema(column)
    const isNullable = !column.isRequired && !LIST_TYPES.has(column.value.type)
    return [column.key, (isNullable ? schema.nullable() : schema).describe(describe(column))]
  })
  return z.strictObject(Object.fromEntries(fields))
}

/** A record as it is written in its plainest form; what may be empty may be missing. */
function writeSchema(kind: Kind): z.ZodType {
  const fields = KIND_SHEETS[kind].columns.map((column): [string, z.ZodType] => {
    const schema = valueSchema(column)
    return [column.key, (column.isRequired ? schema : schema.nullish()).describe(describe(column))]
  })
  return z.strictObject(Object.fromEntries(fields))
}

export const MAX_RECORDS = 1_000

/** Of the answer to a read. */
export function recordPageSchema(kind: Kind): z.ZodType {
  return z.strictObject({
    records: z.array(readSchema(kind)),
    next: z.string().nullable().describe('`cursor` of the next page; null = there is none'),
  })
}

/** Of the body of a write, for the document: the parser of files judges what is sent. */
export function recordBodySchema(kind: Kind): z.ZodType {
  return z.strictObject({ records: z.array(writeSchema(kind)).min(1).max(MAX_RECORDS) })
}

export const RestError = z.object({
  code: z.enum(['not_found', 'forbidden', 'conflict', 'invalid', 'unauthenticated', 'limited', 'internal']),
  reason: z.string(),
  params: z.record(z.string(), z.string()),
  errorNumber: z.string().nullable(),
  message: z.string(),
})
