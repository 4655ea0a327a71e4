import type { QuarterProgress } from '@zhidu/contract'
import { onScopeDispose, readonly, ref, shallowRef } from 'vue'
import { type Problem, toProblem } from '../../app/api/problem.ts'
import { useApi } from '../../app/api/use-api.ts'

const ASK_EVERY_MS = 700

/** One long work at a time, with its progress; giving it up, or leaving the page, ends it at the server, and nothing is kept. */
export function useQuarterWork() {
  const api = useApi()
  const progress = shallowRef<QuarterProgress>(null)
  const problem = shallowRef<Problem | null>(null)
  const isBusy = ref(false)
  const isCancelled = ref(false)
  let abort: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(): Promise<void> {
    // What cannot be asked now is asked again; the work itself says how it ends.
    progress.value = await api.quarter.progress.query().catch(() => progress.value)
    if (isBusy.value) timer = setTimeout(() => void ask(), ASK_EVERY_MS)
  }

  async function run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    if (isBusy.value) return null
    isBusy.value = true
    isCancelled.value = false
    problem.value = null
    progress.value = null
    abort = new AbortController()
    const { signal } = abort
    timer = setTimeout(() => void ask(), ASK_EVERY_MS)
    try {
      return await work(signal)
    } catch (error) {
      if (signal.aborted) isCancelled.value = true
      else problem.value = toProblem(error)
      return null
    } finally {
      isBusy.value = false
      clearTimeout(timer)
      abort = null
    }
  }

  function cancel(): void {
    abort?.abort()
  }

  onScopeDispose(() => {
    clearTimeout(timer)
    cancel()
  })

  return {
    progress: readonly(progress),
    problem: readonly(problem),
    isBusy: readonly(isBusy),
    isCancelled: readonly(isCancelled),
    run,
    cancel,
  }
}
