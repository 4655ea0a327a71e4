import { Instant, QuarterText } from '@zhidu/contract'
import { ServiceError } from '@zhidu/services'
import type { Context } from 'hono'
import { z } from 'zod'

const MAX_PAGE = 200
const DEFAULT_PAGE = 100
/** Read elsewhere: which language to answer in. */
const Lang = z.string().max(20).optional()
/** Quarters of years that facts may be of; others have ends that no calendar here reaches. */
export const RestQuarter = QuarterText.refine((quarter) => quarter >= '2000Q1' && quarter <= '2099Q4')
const RestInstant = Instant.refine((text) => /^20\d\d-/.test(text))
const Flag = z
  .enum(['true', 'false'])
  .optional()
  .transform((text) => text === 'true')

export const RecordsQuery = z.strictObject({
  quarter: RestQuarter.optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(MAX_PAGE))
    .default(DEFAULT_PAGE),
  cursor: z.string().min(1).max(2_000).optional(),
  lang: Lang,
})
export const WriteQuery = z.strictObject({ dryRun: Flag, acceptValid: Flag, lang: Lang })
export const LeagueQuery = z.strictObject({
  quarter: RestQuarter,
  group: z.string().min(1).max(100),
  asOf: RestInstant.optional(),
  lang: Lang,
})
export const NoQuery = z.strictObject({ lang: Lang })

function refuse(field: string): never {
  throw new ServiceError('invalid', 'invalid_request', { field: field.slice(0, 100) })
}

/** PostgreSQL keeps no U+0000, and text that is no Unicode is nobody's. */
function isText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** Throws ServiceError `invalid` that names the parameter: unknown, given twice, or not of its form. */
export function readQuery<T>(c: Context, schema: z.ZodType<T>): T {
  const given = Object.entries(c.req.queries())
  const values = given.map(([name, all]): [string, string] => {
    const [value = ''] = all
    return all.length === 1 && isText(value) ? [name, value] : refuse(name)
  })
  const parsed = schema.safeParse(Object.fromEntries(values))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  return refuse(unknown ?? String(issue?.path[0] ?? ''))
}
