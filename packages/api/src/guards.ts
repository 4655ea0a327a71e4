import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { setSecurityHeaders } from './headers.ts'
import type { ErrorBody } from './request-error.ts'

/** Who may speak to this server, and as whom. */
export interface EdgeOptions {
  /** Host names this process answers to, without port; a request for any other is refused (DNS rebinding). */
  readonly allowedHosts: readonly string[]
  /** Origins of our own pages, as browsers write them: `https://zhidu.example`. Changes from pages of others are refused. */
  readonly origins: readonly string[]
  /** Our pages are reached over https alone: cookies are bound to it, and browsers are told. */
  readonly isHttps: boolean
  /** Addresses or networks (`10.0.0.0/8`) of the proxies in front of us, whose word on a client's address is believed. */
  readonly trustedProxies: readonly string[]
}

const MAX_ADDRESS_CHARACTERS = 8_000
const MAX_REQUEST_BYTES = 1_000_000
/** Streams to disk and counts for itself. */
const UPLOAD_PATH = '/files/imports'
/** Take files in parts. */
const PARTS_PATHS = ['/files/inspections/', '/files/cases/', '/files/duty-rooms/']
const MAX_PART_BYTES = 1_048_576
/** Take a document or a workbook whole; what is in it is looked at by its bytes. */
const WHOLE_PATHS = ['/files/filings/', '/files/calendar/']
const MAX_WHOLE_BYTES = 5_000_000

function takesParts(path: string): boolean {
  return PARTS_PATHS.some((start) => path.startsWith(start))
}

function takesWhole(path: string): boolean {
  return WHOLE_PATHS.some((start) => path.startsWith(start))
}

const READING = new Set(['GET', 'HEAD'])
const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** What a file may be sent as. None of them can be sent by a page of another site without asking first. */
const UPLOAD_TYPES = new Set([
  'application/octet-stream',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/csv',
])

function refusal(code: ErrorBody['code'], reason: string): ErrorBody {
  return { code, reason, params: {}, errorNumber: null }
}

/** `[::1]:3000` and `localhost:3000` without their port. */
export function hostNameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

/** A page elsewhere can point its own name at this machine; only names we were told to answer to get an answer. */
function refuseForeignHosts(allowedHosts: readonly string[]): MiddlewareHandler {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()))
  return async (c, next) => {
    const host = c.req.header('host')
    if (host === undefined || !allowed.has(hostNameOf(host))) return c.json(refusal('forbidden', 'host_refused'), 403)
    return next()
  }
}

const refuseOddRequests: MiddlewareHandler = async (c, next) => {
  if (!READING.has(c.req.method) && !CHANGING.has(c.req.method)) {
    c.header('allow', [...READING, ...CHANGING].join(', '))
    return c.json(refusal('invalid', 'method_refused'), 405)
  }
  // The database keeps no U+0000, and nobody types one.
  if (c.req.url.includes('%00')) return c.json(refusal('invalid', 'invalid_request'), 422)
  if (c.req.url.length > MAX_ADDRESS_CHARACTERS) return c.json(refusal('invalid', 'address_too_long'), 414)
  return next()
}

/**
 * Fetch Metadata first, `Origin` where a browser sends none; each that is there has to be right. A request with neither
 * comes from no browser: it may bear a token, but not a browser's cookie. `Sec-Fetch-Site: none` is something a person
 * typed or reloaded; nobody changes anything that way.
 */
function isOwnChange(c: Context, origins: ReadonlySet<string>): boolean {
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  if (origin !== undefined && !origins.has(origin)) return false
  if (site !== undefined) return site === 'same-origin'
  if (origin !== undefined) return true
  return c.req.header('cookie') === undefined || /^bearer \S/i.test(c.req.header('authorization') ?? '')
}

/** Changes come from our own pages or from programs, never from a page of another site. */
function refuseForeignChanges(
  origins: readonly string[],
  onRefused: (c: Context, reason: string) => Promise<void>,
): MiddlewareHandler {
  const own = new Set(origins)
  return async (c, next) => {
    if (READING.has(c.req.method) || isOwnChange(c, own)) return next()
    await onRefused(c, 'origin_refused')
    return c.json(refusal('forbidden', 'origin_refused'), 403)
  }
}

/** True where the body is of a type that the address takes; a form is none anywhere. */
function isTakenType(c: Context): boolean {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  // Any page can have a browser post without saying what; nothing but a post goes out unasked.
  if (type === '' && c.req.method !== 'POST') return true
  if (takesParts(c.req.path) || takesWhole(c.req.path)) return type === 'application/octet-stream'
  return c.req.path === UPLOAD_PATH ? UPLOAD_TYPES.has(type) : type === 'application/json'
}

const refuseForeignBodies: MiddlewareHandler = async (c, next) => {
  if (READING.has(c.req.method) || isTakenType(c)) return next()
  return c.json(refusal('invalid', 'content_type_refused'), 415)
}

function limitBodies(): MiddlewareHandler {
  const onError = (c: Context): Response => c.json(refusal('invalid', 'request_too_large'), 413)
  const limit = bodyLimit({ maxSize: MAX_REQUEST_BYTES, onError })
  const limitPart = bodyLimit({ maxSize: MAX_PART_BYTES, onError })
  const limitWhole = bodyLimit({ maxSize: MAX_WHOLE_BYTES, onError })
  return (c, next) => {
    if (c.req.path === UPLOAD_PATH) return next()
    if (takesWhole(c.req.path)) return limitWhole(c, next)
    return takesParts(c.req.path) ? limitPart(c, next) : limit(c, next)
  }
}

/**
 * Everything a request passes before anybody looks at what it asks, in order; and what every answer bears. `onRefused` hears of
 * changes that a page of another site tried.
 */
export function guardEdges(
  options: EdgeOptions,
  onRefused: (c: Context, reason: string) => Promise<void>,
): readonly MiddlewareHandler[] {
  return [
    setSecurityHeaders(options.isHttps),
    refuseForeignHosts(options.allowedHosts),
    refuseOddRequests,
    refuseForeignChanges(options.origins, onRefused),
    refuseForeignBodies,
    limitBodies(),
  ]
}
