import { useQueryCache } from '@pinia/colada'
import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useAction } from '../api/use-action.ts'

const SHORTEST_REASON = 2

/** Who is to check again and why, as a dialog asks it: blank each time it opens, told what is missing once it was tried. */
export function useOrderForm() {
  const { t } = useI18n({ useScope: 'global' })
  const cache = useQueryCache()
  const { clear, isBusy, problem, run } = useAction()
  const isOpen = ref(false)
  const isTried = ref(false)
  const inspectors = ref<string[]>([])
  const reason = ref('')
  const errors = computed(() => ({
    names: isTried.value && inspectors.value.length === 0 ? t('inspectionOrders.namesMissing') : null,
    reason: isTried.value && reason.value.trim().length < SHORTEST_REASON ? t('inspectionOrders.reasonMissing') : null,
  }))

  function open(): void {
    clear()
    isTried.value = false
    inspectors.value = []
    reason.value = ''
    isOpen.value = true
  }

  /** Gives what was sent an answer to, or null: something is missing, or the server refused. */
  async function send<T>(
    order: (about: { inspectors: string[]; reason: string }) => Promise<T>,
    isWhole: () => boolean = () => true,
  ): Promise<T | null> {
    isTried.value = true
    if (errors.value.names !== null || errors.value.reason !== null || !isWhole()) return null
    const answer = await run(() => order({ inspectors: inspectors.value, reason: reason.value.trim() }))
    if (answer === null) return null
    isOpen.value = false
    await cache.invalidateQueries({ key: ['inspection-quality'] })
    await cache.invalidateQueries({ key: ['inspections'] })
    return answer
  }

  return { isOpen, isTried, isBusy, problem, inspectors, reason, errors, open, send }
}
