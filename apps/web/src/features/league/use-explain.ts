import { useEventListener } from '@vueuse/core'
import { DIMENSIONS } from '@zhidu/domain'
import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import { type ExplainTarget, TOPICS } from './explanation.ts'

const OPEN_AFTER_MS = 250
const CLOSE_AFTER_MS = 160

function readTarget(element: HTMLElement): ExplainTarget | null {
  const topic = TOPICS.find((each) => each === element.dataset['explain'])
  const unitCode = element.closest<HTMLElement>('[data-unit]')?.dataset['unit']
  if (topic === undefined || unitCode === undefined) return null
  return { unitCode, topic, dimension: DIMENSIONS.find((each) => each === element.dataset['dimension']) ?? null }
}

/**
 * Which number is being explained: the one pointed at or focused, after a moment; Escape and leaving close it.
 * One pop-over serves the table; its place is the element marked `data-explain`.
 */
export function useExplain(root: Ref<HTMLElement | null>, popoverId: string) {
  const anchor = shallowRef<HTMLElement | null>(null)
  const target = shallowRef<ExplainTarget | null>(null)
  /** Opened by a press: the reader has gone into it, so that leaving the table does not close it. */
  const isPinned = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(element: HTMLElement | null): void {
    anchor.value = element
    isPinned.value = false
    target.value = element === null ? null : readTarget(element)
  }

  function later(element: HTMLElement | null, delay: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => show(element), delay)
  }

  function markedAt(event: Event): HTMLElement | null {
    return event.target instanceof Element ? event.target.closest<HTMLElement>('[data-explain]') : null
  }

  function leave(): void {
    if (!isPinned.value) later(null, CLOSE_AFTER_MS)
  }

  /** A press on a button goes into the pop-over; closing comes back to it. */
  function pin(event: Event): void {
    const element = markedAt(event)
    if (element === null || element.tagName !== 'BUTTON') return
    clearTimeout(timer)
    show(element)
    isPinned.value = true
  }

  function close(): void {
    const from = anchor.value
    clearTimeout(timer)
    show(null)
    from?.focus({ preventScroll: true })
    clearTimeout(timer)
  }

  const listeners = {
    click: pin,
    mouseover: (event: Event) => {
      const element = markedAt(event)
      if (isPinned.value) return
      if (element !== anchor.value) later(element, element === null ? CLOSE_AFTER_MS : OPEN_AFTER_MS)
      else clearTimeout(timer)
    },
    mouseleave: () => leave(),
    focusin: (event: Event) => later(markedAt(event), 0),
    focusout: () => leave(),
  }

  watch(anchor, (element, before) => {
    before?.removeAttribute('aria-describedby')
    element?.setAttribute('aria-describedby', popoverId)
  })
  useEventListener(document, 'keydown', (event) => {
    if (event.key !== 'Escape' || target.value === null) return
    if (isPinned.value) close()
    else later(null, 0)
  })
  useEventListener(globalThis, 'scroll', () => target.value !== null && !isPinned.value && later(null, 0), {
    passive: true,
  })
  watch(root, () => later(null, 0))
  onScopeDispose(() => clearTimeout(timer))

  return { anchor, target, isPinned, listeners, close, stay: () => clearTimeout(timer), leave }
}
