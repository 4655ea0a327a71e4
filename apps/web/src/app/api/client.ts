import type { AppRouter } from '@zhidu/api/router-type'
import { createTRPCClient, httpBatchLink, retryLink, type TRPCLink } from '@trpc/client'
import type { Locale } from '../i18n/locale.ts'
import { toProblem } from './problem.ts'

export type { AppRouter } from '@zhidu/api/router-type'
export type Api = ReturnType<typeof createApi>

/** The server refuses larger batches. */
const MAX_BATCH_SIZE = 10
const MAX_ATTEMPTS = 3

/** `links` replaces the way to the server; tests answer from a map there. */
export function createApi(options: { readonly locale: () => Locale; readonly links?: TRPCLink<AppRouter>[] }) {
  return createTRPCClient<AppRouter>({
    links: options.links ?? [
      retryLink({
        // A lost connection is tried again; a refusal is not, and nothing that writes.
        retry: ({ op, error, attempts }) =>
          op.type === 'query' && attempts < MAX_ATTEMPTS && toProblem(error).kind === 'network',
        retryDelayMs: (attempt) => 300 * attempt,
      }),
      httpBatchLink({
        url: '/trpc',
        maxItems: MAX_BATCH_SIZE,
        headers: () => ({ 'x-zhidu-language': options.locale() }),
      }),
    ],
  })
}
