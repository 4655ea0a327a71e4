import { KindKey } from '@zhidu/contract'
import { ServiceError } from '@zhidu/services'
import { Hono } from 'hono'
import { z } from 'zod'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { languageOf } from '../language.ts'
import { downloadHeaders, XLSX_TYPE } from './file-response.ts'

const UploadQuery = z.strictObject({
  kind: KindKey,
  fileName: z.string().min(1).max(255),
  lang: z.string().max(20).optional(),
})
const ImportId = z.uuid()
const IMPORTING = { permission: ['facts.import', 'units.write'] } as const

/**
 * A file is sent as the bare body of the request and goes to disk as it comes: a file of a million rows never stands in
 * memory. `Content-Length` over the limit is refused before the first byte.
 */
export function createImportRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  routes.post('/imports', async (c) => {
    const about = { kind: c.req.query('kind') }
    const importId = await answerTo(
      c,
      options,
      { action: 'import.start', demand: IMPORTING, isChange: true, about },
      async (service) => {
        const query = UploadQuery.safeParse(c.req.query())
        if (!query.success) throw new ServiceError('invalid', 'upload_query')
        const limit = String(Math.floor(options.maxUploadBytes / 1_000_000))
        const declared = Number(c.req.header('content-length') ?? '0')
        if (declared > options.maxUploadBytes) throw new ServiceError('invalid', 'upload_too_large', { limit })
        const { body } = c.req.raw
        if (body === null) throw new ServiceError('invalid', 'upload_empty')
        return await options.importJobs.start(service, { ...query.data, body, language: languageOf(c) })
      },
    )
    return c.json({ importId }, 201)
  })

  routes.get('/imports/:importId/refused.xlsx', async (c) => {
    const about = { importId: c.req.param('importId') }
    const file = await answerTo(c, options, { action: 'import.refusedRows', demand: IMPORTING, about }, (service) => {
      const importId = ImportId.safeParse(about.importId)
      if (!importId.success) throw new ServiceError('not_found', 'import_unknown')
      return options.importJobs.refusedRows(service, importId.data, languageOf(c))
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  return routes
}
