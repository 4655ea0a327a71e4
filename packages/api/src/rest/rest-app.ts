import { type Kind, KindKey, LeagueTable } from '@zhidu/contract'
import { getRestLeague, listRestRecords, ServiceError, writeRestRecords } from '@zhidu/services'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { ApiOptions } from '../context.ts'
import { languageOf } from '../language.ts'
import { type ErrorBody, HTTP_STATUS_OF, logUnexpected, toErrorBody } from '../request-error.ts'
import { buildOpenApi } from './openapi.ts'
import { MAX_RECORDS, recordPageSchema } from './record-schema.ts'
import { answerKey } from './rest-caller.ts'
import { LeagueQuery, NoQuery, readQuery, RecordsQuery, WriteQuery } from './rest-query.ts'
import { toRestError } from './rest-words.ts'

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' }
const Body = z.strictObject({ records: z.array(z.unknown()).min(1).max(MAX_RECORDS) })
const IdempotencyKey = /^[\x21-\x7e]{1,255}$/
const RETRY_SECONDS = '1'
const METHOD_REFUSED = 'method_refused'
const METHODS_OF_KIND = 'GET, HEAD, POST'
const METHODS_OF_READ = 'GET, HEAD'

/** The address bears no such thing with any method. Throws ServiceError `not_found`. */
function kindOf(c: Context): Kind {
  const kind = KindKey.safeParse(c.req.param('kind'))
  if (!kind.success) throw new ServiceError('not_found', 'unknown_request')
  return kind.data
}

function idempotencyKeyOf(c: Context): string | null {
  const text = c.req.header('idempotency-key')
  if (text === undefined) return null
  // As RFC 8941 writes a string, or bare, as most senders do.
  const key = /^"([^"\\]*)"$/.exec(text)?.[1] ?? text
  if (!IdempotencyKey.test(key)) throw new ServiceError('invalid', 'idempotency_key_form')
  return key
}

function readBody(body: Uint8Array): readonly unknown[] {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    throw new ServiceError('invalid', 'body_not_json', {}, { cause: error })
  }
  const parsed = Body.safeParse(value)
  if (!parsed.success) throw new ServiceError('invalid', 'records_wanted', { limit: String(MAX_RECORDS) })
  return parsed.data.records
}

async function readKind(c: Context, options: ApiOptions): Promise<Response> {
  const what = { action: 'rest.list', kind: c.req.param('kind') ?? '' }
  const page = await answerKey(c, options, what, (service) => {
    const { lang: _, ...query } = readQuery(c, RecordsQuery)
    return listRestRecords(service, { kind: kindOf(c), ...query })
  })
  return c.json(recordPageSchema(kindOf(c)).parse(page))
}

async function writeKind(c: Context, options: ApiOptions): Promise<Response> {
  const what = { action: 'rest.write', isChange: true, kind: c.req.param('kind') ?? '' }
  const answer = await answerKey(c, options, what, async (service) => {
    const kind = kindOf(c)
    const { lang: _, ...query } = readQuery(c, WriteQuery)
    const idempotencyKey = idempotencyKeyOf(c)
    const body = new Uint8Array(await c.req.arrayBuffer())
    const records = readBody(body)
    return await writeRestRecords(service, { kind, ...query, records, idempotencyKey, body, language: languageOf(c) })
  })
  if (answer.isReplay) c.header('idempotency-replayed', 'true')
  return c.body(answer.body, answer.status === 200 ? 200 : 422, JSON_HEADERS)
}

/** Throws ServiceError `invalid` for any method that is left; `isThere` throws first where no method is answered. */
function refuseMethod(options: ApiOptions, allow: string, isThere: (c: Context) => unknown) {
  return (c: Context): Promise<never> => {
    const what = { action: 'rest.request', isChange: true, kind: c.req.path.slice(-100) }
    return answerKey(c, options, what, () => {
      isThere(c)
      c.header('allow', allow)
      throw new ServiceError('invalid', METHOD_REFUSED)
    })
  }
}

/** What is sent along with a refusal so that a client knows how to go on. */
function setHints(c: Context, { code, reason }: ServiceError): void {
  if (code === 'unauthenticated') c.header('www-authenticate', 'Bearer')
  if (reason === 'idempotency_in_flight' || reason === 'too_many_waiting') c.header('retry-after', RETRY_SECONDS)
}

/** Everything below /api/v1: other systems, each with a key for some kinds and one subtree. */
export function createRestApp(options: ApiOptions): Hono {
  const app = new Hono().basePath('/api/v1')

  app.get('/openapi.json', async (c) => {
    const answer = await answerKey(c, options, { action: 'rest.document' }, () => {
      readQuery(c, NoQuery)
      return Promise.resolve(buildOpenApi(options.version))
    })
    return c.json(answer)
  })
  app.get('/league', async (c) => {
    const table = await answerKey(c, options, { action: 'rest.league' }, (service) => {
      const { lang: _, ...query } = readQuery(c, LeagueQuery)
      return getRestLeague(service, query)
    })
    return c.json(LeagueTable.parse(table))
  })
  for (const path of ['/openapi.json', '/league'])
    app.all(
      path,
      refuseMethod(options, METHODS_OF_READ, () => null),
    )
  app.get('/:kind', (c) => readKind(c, options))
  app.post('/:kind', (c) => writeKind(c, options))
  app.all('/:kind', refuseMethod(options, METHODS_OF_KIND, kindOf))
  app.all('*', refuseMethod(options, '', kindOf))

  app.onError((error, c) => {
    const language = languageOf(c)
    if (!(error instanceof ServiceError)) {
      return c.json(toRestError(logUnexpected(options.log, error, c.req.path), language), 500)
    }
    setHints(c, error)
    const status = error.reason === METHOD_REFUSED ? 405 : HTTP_STATUS_OF[error.code]
    return c.json(toRestError(toErrorBody(error), language), status)
  })
  return app
}

const REFUSED_AT_THE_EDGE = new Set([403, 405, 413, 414, 415, 422])

/** Gives the refusals of the guards, which know no languages, their sentence. */
export const wordEdgeRefusals: MiddlewareHandler = async (c, next) => {
  await next()
  if (!REFUSED_AT_THE_EDGE.has(c.res.status) || c.res.headers.has('content-encoding')) return
  const body: unknown = await c.res.clone().json()
  if (typeof body !== 'object' || body === null || !('reason' in body) || 'message' in body) return
  // Safe: guards answer with nothing else.
  const worded = toRestError(body as ErrorBody, languageOf(c))
  c.res = new Response(JSON.stringify(worded), { status: c.res.status, headers: c.res.headers })
}
