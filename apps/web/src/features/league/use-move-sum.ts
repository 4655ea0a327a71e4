import { useQuery } from '@pinia/colada'
import type { MoveExplanation } from '@zhidu/contract'
import { isQuarter } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'
import type { ExplainTarget } from './explanation.ts'
import type { LinkContext } from './league-links.ts'

/** Where the movement pointed at came from, by factor; asked once it is pointed at. null = not asked, on its way, or not to be had. */
export function useMoveSum(target: MaybeRefOrGetter<ExplainTarget | null>, context: MaybeRefOrGetter<LinkContext>) {
  const api = useApi()
  /** The sum is of the tree of then. */
  const unitCode = computed(() => {
    const asked = toValue(target)
    return asked?.topic === 'previous' && toValue(context).tree === 'then' ? asked.unitCode : null
  })
  const { data } = useQuery({
    key: () => ['league', 'explainMove', unitCode.value, toValue(context).quarter, toValue(context).asOf],
    enabled: () => unitCode.value !== null,
    query: async ({ signal }): Promise<MoveExplanation | null> => {
      const { asOf, quarter } = toValue(context)
      if (unitCode.value === null || !isQuarter(quarter)) return null
      const moment = asOf === null ? {} : { asOf }
      return await api.league.explainMove.query({ unitCode: unitCode.value, quarter, ...moment }, { signal })
    },
  })
  return computed(() => (data.value?.unitCode === unitCode.value ? (data.value ?? null) : null))
}
