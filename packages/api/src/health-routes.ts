import { checkReadiness } from '@zhidu/services'
import { Hono } from 'hono'
import type { ApiOptions } from './context.ts'

/**
 * `/healthz`: the process answers. `/readyz`: the database answers and has the schema of this program. Strangers ask these, so
 * neither says which version runs.
 */
export function createHealthRoutes(options: ApiOptions): Hono {
  const routes = new Hono()
  routes.get('/healthz', (c) => c.json({ status: 'ok' }))
  routes.get('/readyz', async (c) => {
    const isReady = await checkReadiness({ ...options.service, actor: { kind: 'system' } })
    return c.json({ status: isReady ? 'ready' : 'unavailable' }, isReady ? 200 : 503)
  })
  return routes
}
