import { ServiceError } from '@zhidu/services'
import { initTRPC, TRPCError } from '@trpc/server'
import { assertMay, type Demand, isRecorded, objectOf } from './access.ts'
import type { RequestContext } from './context.ts'
import { metricsOf } from './metrics/request-metrics.ts'
import { refusalLogOf } from './refusal-log.ts'
import { type ErrorBody, logUnexpected, toErrorBody, TRPC_CODE_OF } from './request-error.ts'

/** Carries the body for the formatter through tRPC's own error. */
class ExposedError extends Error {
  override readonly name = 'ExposedError'
  readonly body: ErrorBody

  constructor(body: ErrorBody) {
    super(body.reason)
    this.body = body
  }
}

const INVALID_INPUT: ErrorBody = { code: 'invalid', reason: 'invalid_request', params: {}, errorNumber: null }
const UNKNOWN_PROCEDURE: ErrorBody = { code: 'not_found', reason: 'unknown_request', params: {}, errorNumber: null }
const INTERNAL: ErrorBody = { code: 'internal', reason: 'internal', params: {}, errorNumber: null }

function bodyOf(error: TRPCError): ErrorBody {
  if (error.cause instanceof ExposedError) return error.cause.body
  if (error.code === 'BAD_REQUEST' || error.code === 'PARSE_ERROR') return INVALID_INPUT
  if (error.code === 'NOT_FOUND') return UNKNOWN_PROCEDURE
  return INTERNAL
}

const trpc = initTRPC
  .context<RequestContext>()
  .meta<Demand>()
  .create({
    isDev: false,
    // tRPC's default would send the raw message, a connection string included.
    errorFormatter({ shape, error }) {
      const body = bodyOf(error)
      return {
        message: body.code === 'internal' ? 'Internal server error' : body.reason,
        code: shape.code,
        data: { code: shape.data.code, httpStatus: shape.data.httpStatus, error: body },
      }
    },
  })

function toRefusal(error: TRPCError): ServiceError | null {
  if (error.cause instanceof ServiceError) return error.cause
  // A request that does not fit the input schema; anything else is ours.
  return error.code === 'BAD_REQUEST' ? new ServiceError('invalid', 'invalid_request') : null
}

/** Words failures for the client and puts refusals into the audit trail, each once. */
const mapErrors = trpc.middleware(async ({ ctx, getRawInput, next, path, type }) => {
  const startedAt = performance.now()
  const result = await next()
  const refusal = result.ok ? null : toRefusal(result.error)
  const outcome = result.ok ? 'ok' : (refusal?.code ?? 'internal')
  metricsOf(ctx.options).add(path, outcome, (performance.now() - startedAt) / 1_000)
  if (result.ok) return result
  if (refusal === null) {
    const body = logUnexpected(ctx.options.log, result.error.cause ?? result.error, path)
    throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: new ExposedError(body) })
  }
  if (isRecorded(refusal, type)) {
    const what = { action: path, object: objectOf(await getRawInput().catch(() => null)) }
    await refusalLogOf(ctx.options).record(ctx.service, what, refusal)
  }
  throw new TRPCError({ code: TRPC_CODE_OF[refusal.code], cause: new ExposedError(toErrorBody(refusal)) })
})

const authorize = trpc.middleware(async ({ ctx, meta, next, type }) => {
  assertMay(ctx.caller, meta, type)
  return await next()
})

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000')
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNul)
}

/** The database keeps no U+0000, and nobody types one. */
const refuseNul = trpc.middleware(async ({ getRawInput, next }) => {
  if (holdsNul(await getRawInput())) throw new ServiceError('invalid', 'invalid_request')
  return await next()
})

export const router = trpc.router

/** Answers those who may; a procedure that demands nothing says so: `'public'`. */
export function procedureFor(permission: Demand['permission'], more: Omit<Demand, 'permission'> = {}) {
  return trpc.procedure
    .meta({ permission, ...more })
    .use(mapErrors)
    .use(authorize)
    .use(refuseNul)
}

/** What a change without an answer gives. */
export const DONE = { done: true } as const
