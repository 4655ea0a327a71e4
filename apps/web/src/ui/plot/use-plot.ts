import { useElementSize } from '@vueuse/core'
import { computed, type Ref } from 'vue'
import { useRouter } from 'vue-router'

/** Before it is measured, and where nothing is (a test). */
const USUAL_WIDTH = 720

/** What drawings of points that are links share: their width, px, and a press that stays in the page unless it asks for another window. */
export function usePlot(box: Readonly<Ref<HTMLElement | null>>) {
  const router = useRouter()
  const { width: measured } = useElementSize(box)
  const width = computed(() => (measured.value > 0 ? measured.value : USUAL_WIDTH))

  function open(event: MouseEvent, path: string): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    void router.push(path)
  }
  return { width, open }
}
