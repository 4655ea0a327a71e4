import { onScopeDispose, readonly, type Ref, ref, watch } from 'vue'

/** Rows that are drawn, or get their bars, at once. */
const SLICE = 20

/**
 * How many of `count` rows are drawn: a slice at first, then one more each time the page has breathed, so that a long table never
 * holds it up. Begins again when `source` is another one.
 */
export function useGrowing(source: () => unknown, count: () => number): Readonly<Ref<number>> {
  const limit = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  function grow(): void {
    limit.value += SLICE
    if (limit.value < count()) timer = setTimeout(grow, 0)
    else limit.value = Infinity
  }

  watch(
    source,
    () => {
      clearTimeout(timer)
      limit.value = 0
      grow()
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return readonly(limit)
}
