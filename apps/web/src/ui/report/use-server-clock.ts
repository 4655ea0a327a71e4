import { onScopeDispose, readonly, ref, watch } from 'vue'

const SECOND_MS = 1_000

/**
 * The server's time, second by second, epoch ms: this machine's clock may stand wrong, its seconds do not. `told`: the server's time as an
 * answer brought it; null until the first one came.
 */
export function useServerClock(told: () => string | undefined) {
  const now = ref<number | null>(null)
  let ahead = 0
  watch(
    told,
    (instant) => {
      if (instant === undefined) return
      ahead = Date.parse(instant) - performance.now()
      now.value = Date.parse(instant)
    },
    { immediate: true },
  )
  const timer = setInterval(() => {
    if (now.value !== null) now.value = Math.floor(ahead + performance.now())
  }, SECOND_MS)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
