import { createHash, timingSafeEqual } from 'node:crypto'
import { readHealth, ServiceError } from '@zhidu/services'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { clientAddress, isAddressAmong } from '../client-address.ts'
import type { ApiOptions } from '../context.ts'
import { refusalLogOf } from '../refusal-log.ts'
import { metricsOf } from './request-metrics.ts'
import { wordMetrics } from './metrics-text.ts'

const LOOPBACK = ['127.0.0.0/8', '::1']
const BEARER = /^Bearer +(\S{1,200})$/i
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}

/** From a program of this machine itself: one that a proxy speaks for is somewhere else, whether or not the proxy is ours. */
function isFromHere(c: Context, options: ApiOptions): boolean {
  const isForwarded = ['x-forwarded-for', 'x-real-ip', 'forwarded'].some((name) => c.req.header(name) !== undefined)
  return !isForwarded && isAddressAmong(clientAddress(c, options), LOOPBACK)
}

function bearsToken(c: Context, token: string | undefined): boolean {
  const given = BEARER.exec(c.req.header('authorization') ?? '')?.[1]
  return token !== undefined && given !== undefined && timingSafeEqual(digestOf(given), digestOf(token))
}

/**
 * `/metrics` for whoever watches the installation: a program of this machine, or one elsewhere with the token of the settings.
 * Counts, times and ages of the whole: no unit, no person, nothing that was asked.
 */
export function createMetricsRoutes(options: ApiOptions): Hono {
  const routes = new Hono()
  routes.get('/metrics', async (c) => {
    const { clock } = options.service
    const actor = { kind: 'anonymous', address: clientAddress(c, options) } as const
    if (!isFromHere(c, options) && !bearsToken(c, options.metricsToken)) {
      const refusal = new ServiceError('unauthenticated', 'token_needed')
      await refusalLogOf(options).record(
        { ...options.service, actor },
        { action: 'metrics.read', object: null },
        refusal,
      )
      throw refusal
    }
    const health = await readHealth({ ...options.service, actor: { kind: 'system' } })
    const requests = metricsOf(options)
    return c.text(wordMetrics({ requests, health, version: options.version, now: clock() }), 200, {
      'content-type': CONTENT_TYPE,
    })
  })
  return routes
}

/** Counts every answer, refusals at the edge included. */
export function countAnswers(options: ApiOptions): MiddlewareHandler {
  return async (c, next) => {
    await next()
    metricsOf(options).addAnswer(c.res.status)
  }
}
