import type { AppRouter } from '@zhidu/api/router-type'
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  loggerLink,
  retryLink,
  splitLink,
  type TRPCLink,
} from '@trpc/client'
import type { Locale } from '../i18n/locale.ts'
import { type Problem, toProblem } from './problem.ts'

export type { AppRouter } from '@zhidu/api/router-type'
export type Api = ReturnType<typeof createApi>

/** The server refuses larger batches. */
const MAX_BATCH_SIZE = 10
const MAX_ATTEMPTS = 3

/** Hears of every answer, whoever asked. */
export interface AnswerWatch {
  readonly noteAnswer: () => void
  readonly noteRefusal: (problem: Problem) => void
}

export interface ApiOptions {
  readonly locale: () => Locale
  /** Replaces the way to the server; tests answer from a map there. */
  readonly links?: TRPCLink<AppRouter>[]
  readonly watch?: AnswerWatch
}

function toWatchLink(watch: AnswerWatch): TRPCLink<AppRouter> {
  return loggerLink({
    enabled: () => true,
    logger: (line) => {
      if (line.direction === 'up') return
      if (line.result instanceof Error) watch.noteRefusal(toProblem(line.result))
      else watch.noteAnswer()
    },
  })
}

export function createApi({ locale, links, watch }: ApiOptions) {
  const headers = () => ({ 'x-zhidu-language': locale() })
  return createTRPCClient<AppRouter>({
    links: [
      ...(watch === undefined ? [] : [toWatchLink(watch)]),
      ...(links ?? [
        retryLink<AppRouter>({
          // A lost connection is tried again; a refusal is not, and nothing that writes.
          retry: ({ op, error, attempts }) =>
            op.type === 'query' && attempts < MAX_ATTEMPTS && toProblem(error).kind === 'network',
          retryDelayMs: (attempt) => 300 * attempt,
        }),
        splitLink<AppRouter>({
          // Answers that take their time go alone: in a batch everything else would wait for them.
          condition: ({ context }) => context['isAlone'] === true,
          true: httpLink<AppRouter>({ url: '/trpc', headers }),
          false: httpBatchLink<AppRouter>({ url: '/trpc', maxItems: MAX_BATCH_SIZE, headers }),
        }),
      ]),
    ],
  })
}
