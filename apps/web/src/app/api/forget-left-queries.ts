import type { PiniaColadaPlugin } from '@pinia/colada'

/**
 * A question that nobody waits for any more is forgotten. Left by itself it would be broken off and then noted as
 * unanswered: whoever comes back would first read that the server was not reached.
 */
export const forgetLeftQueries: PiniaColadaPlugin = ({ queryCache }) => {
  queryCache.$onAction(({ name, args, after }) => {
    if (name !== 'untrack') return
    after(() => {
      const [entry] = args
      if (entry.deps.size === 0 && entry.pending?.abortController.signal.aborted === true) queryCache.cancel(entry)
    })
  })
}
