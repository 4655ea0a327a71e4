import { useQuery } from '@pinia/colada'
import { useSession } from '../session/use-session.ts'
import { useApi } from './use-api.ts'

/** What every page needs first: the installation, its quarters, the rules in force. Not asked before it would be answered. */
export function useMeta() {
  const api = useApi()
  const { may, state } = useSession()
  return useQuery({
    key: ['meta'],
    enabled: () => may('session.own') && state.value?.mustChangePassword === false,
    query: ({ signal }) => api.meta.get.query(undefined, { signal }),
    staleTime: 60_000,
  })
}
