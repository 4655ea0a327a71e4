import { TRPCClientError } from '@trpc/client'

export type ProblemKind =
  | 'network'
  | 'server'
  | 'not_found'
  | 'forbidden'
  | 'conflict'
  | 'invalid'
  | 'unauthenticated'
  | 'limited'

/** Why a question was not answered, for the reader: what it is, what it is about, a number to quote. */
export interface Problem {
  readonly kind: ProblemKind
  /** Key under `problem.reason`; `internal` when nothing more is known. */
  readonly reason: string
  readonly params: Readonly<Record<string, string>>
  readonly errorNumber: string | null
}

const NETWORK: Problem = { kind: 'network', reason: 'network', params: {}, errorNumber: null }
const SERVER: Problem = { kind: 'server', reason: 'internal', params: {}, errorNumber: null }

const KIND_OF: Readonly<Record<string, ProblemKind>> = {
  not_found: 'not_found',
  forbidden: 'forbidden',
  conflict: 'conflict',
  invalid: 'invalid',
  unauthenticated: 'unauthenticated',
  limited: 'limited',
  internal: 'server',
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** From the body that the server sends with every failure: `{ code, reason, params, errorNumber }`. */
export function problemFromBody(body: unknown): Problem {
  if (!isRecord(body) || typeof body['code'] !== 'string' || typeof body['reason'] !== 'string') return SERVER
  const params = isRecord(body['params']) ? body['params'] : {}
  return {
    kind: KIND_OF[body['code']] ?? 'server',
    reason: body['reason'],
    params: Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)])),
    errorNumber: typeof body['errorNumber'] === 'string' ? body['errorNumber'] : null,
  }
}

/** A request beside the client that failed, as what is to be shown. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  /** `body`: as the server sent it; undefined = it was not reached. */
  constructor(body: unknown) {
    const problem = body === undefined ? NETWORK : problemFromBody(body)
    super(problem.reason)
    this.problem = problem
  }
}

/** The one place where a failed call becomes something to show. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  if (!(error instanceof TRPCClientError)) return SERVER
  const data: unknown = error.data
  if (isRecord(data)) return problemFromBody(data['error'])
  // No body of ours: the server was not reached, or something between answered in its place.
  return error.meta?.['response'] instanceof Response ? SERVER : NETWORK
}
