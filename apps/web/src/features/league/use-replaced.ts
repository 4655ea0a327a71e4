import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'
import { afterPaint, type Cancel } from '../../ui/after-paint.ts'

/** Lines that are drawn anew at once. */
const SLICE = 20

interface Keyed {
  readonly key: string
}

/**
 * A list that takes the place of the one before a slice at a time, each once the page has breathed, so that two hundred rows never hold
 * it up. The end is the list itself; until then the lines not yet replaced stay as they were. What changed the list is drawn first:
 * only a list that begins, or ends, within a slice is there with it.
 */
export function useReplaced<T extends Keyed>(list: () => readonly T[]): Readonly<ShallowRef<readonly T[]>> {
  const shown = shallowRef<readonly T[]>([])
  let cancel: Cancel | undefined

  function replace(count: number): void {
    const next = list()
    if (count >= next.length) {
      shown.value = next
      return
    }
    const head = next.slice(0, count)
    const keys = new Set(head.map(({ key }) => key))
    const tail = shown.value.filter(({ key }) => !keys.has(key)).slice(0, next.length - count)
    shown.value = [...head, ...tail]
    cancel = afterPaint(() => replace(count + SLICE))
  }

  watch(
    list,
    () => {
      cancel?.()
      if (shown.value.length === 0 || list().length <= SLICE) replace(SLICE)
      else cancel = afterPaint(() => replace(SLICE))
    },
    { immediate: true },
  )
  onScopeDispose(() => cancel?.())
  return shown
}
