import { useQuery } from '@pinia/colada'
import type { Regulation } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

/**
 * The document of the rules named on a page. A published version never changes, so that it is asked for once; `enabled`
 * false = not needed yet.
 */
export function useRegulation(
  ref: MaybeRefOrGetter<{ readonly id: string; readonly version: string }>,
  enabled: MaybeRefOrGetter<boolean> = true,
) {
  const api = useApi()
  const query = useQuery({
    key: () => ['rules', 'published', toValue(ref).id, toValue(ref).version],
    enabled: () => toValue(enabled),
    query: ({ signal }) => {
      const { id, version } = toValue(ref)
      return api.rules.get.query({ id, version }, { signal })
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: false,
  })
  return { ...query, regulation: computed<Regulation | null>(() => query.data.value?.document ?? null) }
}
