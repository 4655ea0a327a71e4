import { ServiceError } from '@zhidu/services'
import { initTRPC, TRPCError } from '@trpc/server'
import type { RequestContext } from './context.ts'
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

const trpc = initTRPC.context<RequestContext>().create({
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

const mapErrors = trpc.middleware(async ({ ctx, path, next }) => {
  const result = await next()
  if (result.ok) return result
  const { cause } = result.error
  if (cause instanceof ServiceError) {
    throw new TRPCError({ code: TRPC_CODE_OF[cause.code], cause: new ExposedError(toErrorBody(cause)) })
  }
  // A request that does not fit the input schema; anything else is ours.
  if (result.error.code === 'BAD_REQUEST') return result
  const body = logUnexpected(ctx.options.log, cause ?? result.error, path)
  throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: new ExposedError(body) })
})

export const router = trpc.router
export const procedure = trpc.procedure.use(mapErrors)
