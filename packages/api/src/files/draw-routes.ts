import { DRAW_FILES, exportDrawFile, ServiceError } from '@zhidu/services'
import { Hono } from 'hono'
import { z } from 'zod'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { downloadHeaders } from './file-response.ts'

const DrawId = z.uuid()
const TYPES = {
  'pool.json': 'application/json',
  'certificate.txt': 'text/plain; charset=utf-8',
  'key.txt': 'text/plain; charset=utf-8',
  'verify.html': 'text/html; charset=utf-8',
} as const satisfies Record<(typeof DRAW_FILES)[number], string>

/** What a draw is verified by: the pool, the certificate, the key, and the page that verifies without us. */
export function createDrawRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  routes.get('/draws/:drawId/:file', async (c) => {
    const about = { drawId: c.req.param('drawId') }
    const name = DRAW_FILES.find((one) => one === c.req.param('file'))
    const demand = { permission: 'facts.read' } as const
    const file = await answerTo(c, options, { action: 'draw.file', demand, about }, (service) => {
      const drawId = DrawId.safeParse(about.drawId)
      if (!drawId.success || name === undefined) throw new ServiceError('not_found', 'draw_unknown')
      return exportDrawFile(service, { drawId: drawId.data, name }, { signers: options.auditSigners })
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, TYPES[name ?? 'pool.json']))
  })

  return routes
}
