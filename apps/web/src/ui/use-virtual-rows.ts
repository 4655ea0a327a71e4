import { useEventListener, useWindowSize } from '@vueuse/core'
import { computed, type MaybeRefOrGetter, onMounted, type Ref, shallowRef, toValue, watch } from 'vue'
import { computeWindow } from './virtual-window.ts'

/** Which of many rows to draw, following the scroll of the page. `body`: the element that holds the rows. */
export function useVirtualRows(
  body: Ref<HTMLElement | null>,
  count: MaybeRefOrGetter<number>,
  rowHeight: MaybeRefOrGetter<number>,
) {
  const { height } = useWindowSize()
  const top = shallowRef(0)

  function measure(): void {
    top.value = body.value?.getBoundingClientRect().top ?? 0
  }

  useEventListener(globalThis, 'scroll', measure, { passive: true })
  watch([height, () => toValue(count)], measure, { flush: 'post' })
  onMounted(measure)

  return computed(() => computeWindow(toValue(count), toValue(rowHeight), top.value, height.value))
}
