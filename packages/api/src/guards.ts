import type { MiddlewareHandler } from 'hono'
import type { ErrorBody } from './request-error.ts'

const REFUSED_HOST: ErrorBody = { code: 'forbidden', reason: 'host_refused', params: {}, errorNumber: null }
const REFUSED_ORIGIN: ErrorBody = { code: 'forbidden', reason: 'origin_refused', params: {}, errorNumber: null }

/** `[::1]:3000` and `localhost:3000` without their port. */
export function hostNameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

/** A page elsewhere can point its own name at this machine; only names we were told to answer to get an answer. */
export function refuseForeignHosts(allowedHosts: readonly string[]): MiddlewareHandler {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()))
  return async (c, next) => {
    const host = c.req.header('host')
    if (host === undefined || !allowed.has(hostNameOf(host))) return c.json(REFUSED_HOST, 403)
    return next()
  }
}

/**
 * Changes come from our own pages or from programs, never from a page of another site: Fetch Metadata first, `Origin` where
 * a browser sends no metadata. A request with neither comes from no browser.
 */
export const refuseForeignChanges: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none'
  const isOwnOrigin = origin === undefined || (URL.canParse(origin) && new URL(origin).host === c.req.header('host'))
  if (!isOwnSite || !isOwnOrigin) return c.json(REFUSED_ORIGIN, 403)
  return next()
}
