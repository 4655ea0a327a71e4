import { exportAudit, listAuditNotes, streamOf } from '@zhidu/services'
import { Hono } from 'hono'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { downloadHeaders } from './file-response.ts'

const READING = { permission: 'audit.read' } as const

/** The audit trail and its checkpoints, as `zhidu audit verify` reads them without us. */
export function createAuditRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  routes.get('/audit.jsonl', async (c) => {
    const body = await answerTo(c, options, { action: 'audit.export', demand: READING }, (service) =>
      Promise.resolve(streamOf((sink) => exportAudit(service, { signers: options.auditSigners }, sink))),
    )
    return c.body(body, 200, downloadHeaders('zhidu-audit.jsonl', 'application/jsonl'))
  })

  routes.get('/audit-checkpoints.txt', async (c) => {
    const text = await answerTo(c, options, { action: 'audit.checkpoints', demand: READING }, listAuditNotes)
    return c.body(text, 200, downloadHeaders('zhidu-audit-checkpoints.txt', 'text/plain; charset=utf-8'))
  })

  return routes
}
