import { useEventListener, useMediaQuery } from '@vueuse/core'
import { computed, nextTick, shallowRef } from 'vue'

/** True while the page is printed or previewed, so that the paper's own table is drawn only then. */
export function usePrinting<Sheet extends string>(usual: Sheet) {
  /** What is printed; a print from the browser's own menu is the usual sheet. */
  const sheet = shallowRef<Sheet>(usual)
  const isPrintMedium = useMediaQuery('print')
  const isAsked = shallowRef(false)
  useEventListener(globalThis, 'beforeprint', () => (isAsked.value = true))
  useEventListener(globalThis, 'afterprint', () => {
    isAsked.value = false
    sheet.value = usual
  })

  /** Draws the paper first: a browser that prints at once would show an empty sheet. */
  async function print(wanted: Sheet = usual): Promise<void> {
    sheet.value = wanted
    isAsked.value = true
    await nextTick()
    globalThis.print()
  }

  return { isPrinting: computed(() => isPrintMedium.value || isAsked.value), sheet, print }
}
