import { useElementSize, useLocalStorage, useWindowSize } from '@vueuse/core'
import { computed, type MaybeRefOrGetter, type Ref, toValue } from 'vue'
import { type ColumnKey, fitColumns, parseChoice } from './league-columns.ts'
import type { Basis } from './standing-view.ts'

const STORAGE_KEY = 'zhidu.league.columns'
/** Before the first measurement; the page at 1440 px. */
const USUAL_WIDTH = 1216

/** The columns for this window and this reader's choices, which this browser keeps. */
export function useLeagueColumns(container: Ref<HTMLElement | null>, basis: MaybeRefOrGetter<Basis>) {
  const stored = useLocalStorage<Record<string, unknown>>(STORAGE_KEY, {})
  const { width } = useElementSize(container)
  const { width: windowWidth } = useWindowSize()
  const choice = computed(() => parseChoice(stored.value))
  const fitted = computed(() =>
    fitColumns(width.value > 0 ? width.value : USUAL_WIDTH, windowWidth.value, choice.value, toValue(basis)),
  )

  function choose(key: ColumnKey, isShown: boolean): void {
    stored.value = { ...choice.value, [key]: isShown }
  }

  function resetChoice(): void {
    stored.value = {}
  }

  return { choice, fitted, windowWidth, choose, resetChoice }
}
