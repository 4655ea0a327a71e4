import { onScopeDispose, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { afterPaint, type Cancel } from '../../ui/after-paint.ts'

/** Rows that are drawn at once; each further slice waits for the page to breathe. */
const SLICE = 40

/** The beginning of a list, growing to the whole a slice at a time, so that a long table never holds the page up. */
export function useSlices<T>(list: () => readonly T[]): Readonly<ShallowRef<readonly T[]>> {
  const shown = shallowRef<readonly T[]>([])
  const size = ref(0)
  let cancel: Cancel | undefined

  function grow(): void {
    size.value += SLICE
    shown.value = list().slice(0, size.value)
    if (size.value < list().length) cancel = afterPaint(grow)
  }

  watch(
    list,
    () => {
      cancel?.()
      size.value = 0
      grow()
    },
    { immediate: true },
  )
  onScopeDispose(() => cancel?.())
  return shown
}
