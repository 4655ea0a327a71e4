import { randomBytes } from 'node:crypto'
import type { ServiceError, ServiceErrorCode } from '@zhidu/services'
import type { TRPCError } from '@trpc/server'
import type { ErrorLog } from './context.ts'

type TrpcCode = TRPCError['code']

export const TRPC_CODE_OF = {
  not_found: 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  conflict: 'CONFLICT',
  invalid: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  limited: 'TOO_MANY_REQUESTS',
} as const satisfies Record<ServiceErrorCode, TrpcCode>

export const HTTP_STATUS_OF = {
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 422,
  unauthenticated: 401,
  limited: 429,
} as const satisfies Record<ServiceErrorCode, number>

/** What a client learns of a failure: a code, a key of the message catalogue, what fills it, a number to quote. */
export interface ErrorBody {
  readonly code: ServiceErrorCode | 'internal'
  readonly reason: string
  readonly params: Readonly<Record<string, string>>
  /** `ZD-1A2B3C`; only for unexpected errors, and then also in the log. */
  readonly errorNumber: string | null
}

/** Logs what a client must not see and gives the number under which it was logged. */
export function logUnexpected(log: ErrorLog, error: unknown, where: string): ErrorBody {
  const errorNumber = `ZD-${randomBytes(3).toString('hex').toUpperCase()}`
  log.error({ err: error, errorNumber, where }, 'unexpected error')
  return { code: 'internal', reason: 'internal', params: {}, errorNumber }
}

export function toErrorBody(error: ServiceError): ErrorBody {
  return { code: error.code, reason: error.reason, params: error.params, errorNumber: null }
}
