import { TRPCClientError, type TRPCLink } from '@trpc/client'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import type { AppRouter } from '@zhidu/api/router-type'

type Inputs = inferRouterInputs<AppRouter>
type Outputs = inferRouterOutputs<AppRouter>

type Answer<Input, Output> = Output | ((input: Input) => Output | Promise<Output>)

/** What each procedure answers: `{ league: { table }, unit: { get: (input) => page } }`. */
export type Answers = {
  readonly [R in keyof Inputs]?: {
    readonly [P in keyof Inputs[R]]?: Answer<Inputs[R][P], Outputs[R][P]>
  }
}

/** Thrown by an answer to refuse as the server does; `network` = the server was not reached. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly body: Readonly<Record<string, unknown>> | null

  constructor(
    body:
      | {
          readonly code: string
          readonly reason?: string
          readonly params?: Record<string, string>
          readonly errorNumber?: string
        }
      | 'network',
  ) {
    super('refused')
    this.body = body === 'network' ? null : { reason: 'internal', params: {}, errorNumber: null, ...body }
  }
}

export interface Call {
  readonly path: string
  readonly input: unknown
}

function toClientError(error: unknown): TRPCClientError<AppRouter> {
  if (!(error instanceof Refusal))
    return TRPCClientError.from(error instanceof Error ? error : new Error(String(error)))
  if (error.body === null) return TRPCClientError.from<AppRouter>(new TypeError('Failed to fetch'))
  const data = { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, error: error.body }
  return TRPCClientError.from<AppRouter>({ error: { message: 'refused', code: -32603, data } } as Parameters<
    typeof TRPCClientError.from<AppRouter>
  >[0])
}

/** The last link of a client: answers from the map and notes every call. An unexpected call is refused by name. */
export function answerLink(answers: Answers, calls: Call[] = []): TRPCLink<AppRouter> {
  const table = answers as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>
  return () =>
    ({ op }) =>
      observable((observer) => {
        calls.push({ path: op.path, input: op.input })
        const [router = '', procedure = ''] = op.path.split('.')
        const answer = table[router]?.[procedure]
        const settle = async (): Promise<unknown> => {
          if (answer === undefined) throw new Error(`no answer for ${op.path}`)
          return typeof answer === 'function' ? await (answer as (input: unknown) => unknown)(op.input) : answer
        }
        settle().then(
          (data) => {
            // The answer as it would arrive: JSON, nothing shared with the test.
            observer.next({ result: { type: 'data', data: JSON.parse(JSON.stringify(data ?? null)) as unknown } })
            observer.complete()
          },
          (error: unknown) => observer.error(toClientError(error)),
        )
      })
}
