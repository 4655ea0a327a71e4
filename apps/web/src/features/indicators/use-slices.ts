import { onScopeDispose, ref, type ShallowRef, shallowRef, watch } from 'vue'

/** Rows that are drawn at once; each further slice waits for the page to breathe. */
const SLICE = 40

/** The beginning of a list, growing to the whole a slice at a time, so that a long table never holds the page up. */
export function useSlices<T>(list: () => readonly T[]): Readonly<ShallowRef<readonly T[]>> {
  const shown = shallowRef<readonly T[]>([])
  const size = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  function grow(): void {
    size.value += SLICE
    shown.value = list().slice(0, size.value)
    if (size.value < list().length) timer = setTimeout(grow, 0)
  }

  watch(
    list,
    () => {
      clearTimeout(timer)
      size.value = 0
      grow()
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return shown
}
