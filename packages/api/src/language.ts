import type { Context } from 'hono'
import type { Language } from './context.ts'

/** `?lang=` wins over the `x-zhidu-language` header, that over `Accept-Language`; Chinese when in doubt. */
export function languageOf(c: Context): Language {
  const wanted = c.req.query('lang') ?? c.req.header('x-zhidu-language') ?? c.req.header('accept-language') ?? ''
  return /^\s*en\b/i.test(wanted) ? 'en' : 'zh-CN'
}
