import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'

/** Lines that are drawn anew at once. */
const SLICE = 20

interface Keyed {
  readonly key: string
}

/**
 * A list that takes the place of the one before a slice at a time, each once the page has breathed, so that two hundred rows never hold
 * it up. The end is the list itself; until then the lines not yet replaced stay as they were.
 */
export function useReplaced<T extends Keyed>(list: () => readonly T[]): Readonly<ShallowRef<readonly T[]>> {
  const shown = shallowRef<readonly T[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined

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
    timer = setTimeout(() => replace(count + SLICE), 0)
  }

  watch(
    list,
    () => {
      clearTimeout(timer)
      replace(SLICE)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return shown
}
