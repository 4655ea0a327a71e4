import { inject, type InjectionKey, onScopeDispose, readonly, ref, shallowRef, watch } from 'vue'
import type { Computing, ComputingKind, Order, Reply } from './orders.ts'

/** What a worker is to us; a test gives one that answers at once. */
export interface ComputingWorker {
  readonly send: (order: Order) => void
  readonly end: () => void
}
export type StartComputing = (onReply: (reply: Reply) => void) => ComputingWorker

export const COMPUTING: InjectionKey<StartComputing> = Symbol('computing')

const startWorker: StartComputing = (onReply) => {
  const worker = new Worker(new URL('./computing.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => onReply(data))
  return { send: (order) => worker.postMessage(order), end: () => worker.terminate() }
}

/** Plain data for another thread; what a query holds may be proxies. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown
}

/**
 * A result computed beside the page whenever its order changes; null order = nothing to compute, and the last one asked for counts. While
 * it is computed the result before is null, so that no figure stands beside another's words.
 */
export function useComputed<K extends ComputingKind>(kind: K, order: () => Computing[K]['order'] | null) {
  const start = inject(COMPUTING, startWorker)
  const result = shallowRef<Computing[K]['result'] | null>(null)
  const isDone = ref(false)
  const isFailed = ref(false)
  let number = 0
  const worker = start((reply) => {
    if (reply.number !== number) return
    isFailed.value = reply.isFailed
    // Safe: the worker answers an order of this kind.
    result.value = reply.result as Computing[K]['result'] | null
    isDone.value = true
  })
  watch(
    order,
    (next) => {
      number += 1
      isDone.value = false
      isFailed.value = false
      result.value = null
      if (next !== null) worker.send({ number, kind, body: plain(next) })
    },
    { immediate: true },
  )
  onScopeDispose(() => worker.end())
  return { result, isDone: readonly(isDone), isFailed: readonly(isFailed) }
}
