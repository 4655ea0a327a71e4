import type { WhatIfFacts } from '@zhidu/contract'
import { checkRegulation, type Quarter, type Regulation } from '@zhidu/domain'
import { onScopeDispose, readonly, ref, shallowRef, watch } from 'vue'
import { type Problem, toProblem } from '../../../app/api/problem.ts'
import { useApi } from '../../../app/api/use-api.ts'
import type { WhatIfResult } from './what-if-engine.ts'
import type { WhatIfOrder, WhatIfReply } from './what-if-messages.ts'

/** What a worker is to us; a test gives one that answers at once. */
export interface WhatIfWorker {
  readonly send: (order: WhatIfOrder) => void
  readonly end: () => void
}

export type StartWorker = (onReply: (reply: WhatIfReply) => void) => WhatIfWorker

export const startWorker: StartWorker = (onReply) => {
  const worker = new Worker(new URL('./what-if.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<WhatIfReply>) => onReply(data))
  return { send: (order) => worker.postMessage(order), end: () => worker.terminate() }
}

/** Plain data for another thread; what the form holds are proxies. */
function plain<T>(value: T): T {
  // Safe: a document is JSON.
  return JSON.parse(JSON.stringify(value)) as T
}

/**
 * What the draft would have done to a quarter of a group: its facts are fetched once, a page of units at a time, and judged
 * beside the page at every change; of many changes at once the last counts.
 */
export function useWhatIf(draft: () => Regulation, start: StartWorker = startWorker) {
  const api = useApi()
  const loaded = ref(0)
  const total = ref(0)
  const isLoading = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const result = shallowRef<WhatIfResult | null>(null)
  const isUnsound = ref(false)
  const names = shallowRef<ReadonlyMap<string, string>>(new Map())
  let worker: WhatIfWorker | null = null
  let aborter: AbortController | null = null
  let number = 0
  let isBusy = false
  let isWaiting = false
  let isReady = false

  function ask(): void {
    if (worker === null || !isReady) return
    const document = draft()
    isUnsound.value = checkRegulation(document).length > 0
    if (isUnsound.value) return
    if (isBusy) {
      isWaiting = true
      return
    }
    isBusy = true
    number += 1
    worker.send({ kind: 'compare', number, draft: plain(document) })
  }

  function onReply(reply: WhatIfReply): void {
    isBusy = false
    if (reply.number === number && reply.result !== null) result.value = reply.result
    if (!isWaiting) return
    isWaiting = false
    ask()
  }

  async function fetchPages(quarter: Quarter, group: string, signal: AbortSignal): Promise<void> {
    let page: WhatIfFacts = await api.rules.whatIfFacts.query({ quarter, group }, { signal })
    const { asOf, holidays, regulation } = page
    const { document: inForce } = await api.rules.get.query(regulation, { signal })
    worker?.send({ kind: 'begin', subject: { quarter, asOf: Date.parse(asOf), holidays, inForce } })
    total.value = page.unitCount
    const found = new Map<string, string>()
    for (;;) {
      worker?.send({ kind: 'add', units: page.units })
      for (const { periods, unitCode } of page.units) found.set(unitCode, periods[periods.length - 1]?.name ?? unitCode)
      loaded.value += page.units.length
      if (page.next === null) break
      page = await api.rules.whatIfFacts.query({ quarter, group, asOf, skip: page.next }, { signal })
    }
    names.value = found
  }

  /** Fetches the facts of a group; ends the fetching before. */
  async function load(quarter: Quarter, group: string): Promise<void> {
    cancel()
    const { signal } = (aborter = new AbortController())
    worker ??= start(onReply)
    isReady = false
    result.value = null
    problem.value = null
    loaded.value = 0
    total.value = 0
    isLoading.value = true
    try {
      await fetchPages(quarter, group, signal)
      isReady = true
      ask()
    } catch (error) {
      if (!signal.aborted) problem.value = toProblem(error)
    } finally {
      if (aborter?.signal === signal) isLoading.value = false
    }
  }

  function cancel(): void {
    aborter?.abort()
    aborter = null
    isLoading.value = false
  }

  watch(draft, ask, { deep: true })
  onScopeDispose(() => {
    cancel()
    worker?.end()
    worker = null
  })

  return {
    load,
    cancel,
    loaded: readonly(loaded),
    total: readonly(total),
    isLoading: readonly(isLoading),
    isUnsound: readonly(isUnsound),
    problem,
    result,
    names,
  }
}
