import { useDebounceFn } from '@vueuse/core'
import { computed, readonly, ref, shallowRef } from 'vue'
import type { Hit } from './search-hits.ts'

export type SearchState = 'idle' | 'found' | 'none' | 'failed'

const DEBOUNCE_MS = 180

/** What the search box shows for the text in it, and which line the keyboard stands on. A late answer is dropped. */
export function useSearchBox(search: (text: string) => Promise<Hit[]>) {
  const text = ref('')
  const hits = shallowRef<readonly Hit[]>([])
  const state = ref<SearchState>('idle')
  const active = ref(0)
  const isOpen = ref(false)
  let asked = 0

  function show(next: SearchState, found: readonly Hit[]): void {
    state.value = next
    hits.value = found
    active.value = 0
  }

  const ask = useDebounceFn(async () => {
    const mine = ++asked
    try {
      const found = await search(text.value)
      if (mine === asked) show(found.length === 0 ? 'none' : 'found', found)
    } catch {
      if (mine === asked) show('failed', [])
    }
  }, DEBOUNCE_MS)

  function type(next: string): void {
    text.value = next
    isOpen.value = true
    if (next.trim() === '') clear()
    else void ask()
  }

  function clear(): void {
    asked += 1
    show('idle', [])
  }

  function close(): void {
    isOpen.value = false
  }

  function reset(): void {
    text.value = ''
    clear()
    close()
  }

  /** Moves the keyboard's line, round the ends. */
  function move(step: 1 | -1): void {
    if (hits.value.length === 0) return
    isOpen.value = true
    active.value = (active.value + step + hits.value.length) % hits.value.length
  }

  return {
    text: readonly(text),
    hits,
    state: readonly(state),
    active: readonly(active),
    isShown: computed(() => isOpen.value && state.value !== 'idle' && text.value.trim() !== ''),
    open: () => (isOpen.value = true),
    type,
    move,
    close,
    reset,
  }
}
