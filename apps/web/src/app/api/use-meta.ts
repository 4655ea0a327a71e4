import { useQuery } from '@pinia/colada'
import { useApi } from './use-api.ts'

/** What every page needs first: the installation, its quarters, the rules in force. */
export function useMeta() {
  const api = useApi()
  return useQuery({
    key: ['meta'],
    query: ({ signal }) => api.meta.get.query(undefined, { signal }),
    staleTime: 60_000,
  })
}
