import { useQuery, useQueryCache } from '@pinia/colada'
import type { RegulationKey } from '@zhidu/contract'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

export function useRegulationList() {
  const api = useApi()
  return useQuery({ key: ['rules', 'list'], query: ({ signal }) => api.rules.list.query(undefined, { signal }) })
}

/** A version as the server has it now; drafts change. Asks only once it is known which one, null until then. */
export function useRegulationVersion(key: MaybeRefOrGetter<RegulationKey | null>) {
  const api = useApi()
  return useQuery({
    key: () => ['rules', 'version', toValue(key)?.id ?? '', toValue(key)?.version ?? ''],
    enabled: () => toValue(key) !== null,
    query: ({ signal }) => {
      const wanted = toValue(key)
      if (wanted === null) throw new RangeError('no version')
      return api.rules.get.query({ id: wanted.id, version: wanted.version }, { signal })
    },
  })
}

/** After a change everything that was computed by rules is asked for anew. */
export function useRulesChanged(): () => Promise<void> {
  const cache = useQueryCache()
  return async () => {
    await cache.invalidateQueries({ key: ['rules'] })
    void cache.invalidateQueries({ key: ['meta'] })
    void cache.invalidateQueries({ key: ['league'] })
    void cache.invalidateQueries({ key: ['overview'] })
  }
}

export function pathOf({ id, version }: RegulationKey): string {
  return `/admin/regulations/${encodeURIComponent(id)}/${encodeURIComponent(version)}`
}
