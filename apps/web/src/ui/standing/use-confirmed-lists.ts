import { useQuery } from '@pinia/colada'
import type { Quarter } from '@zhidu/domain'
import { computed } from 'vue'
import { useApi } from '../../app/api/use-api.ts'
import { useSession } from '../../app/session/use-session.ts'

/** What stands confirmed of a table: by unit. Nothing for whoever may not read it, or where the figures are others. */
export function useConfirmedLists(
  table: () => {
    readonly quarter: Quarter
    readonly group: string
    readonly version: number | null
    readonly isWhole: boolean
  },
) {
  const api = useApi()
  const { may } = useSession()
  const { data } = useQuery({
    key: () => ['commendation', table().quarter, table().group],
    enabled: () => may('bulletins.read') && table().isWhole,
    query: ({ signal }) => api.commendation.get.query({ quarter: table().quarter, group: table().group }, { signal }),
  })
  const mayOpen = computed(() => may('bulletins.read') && table().isWhole)
  const named = computed(() => {
    const confirmed = data.value?.confirmed ?? null
    if (confirmed === null || confirmed.frozenVersion !== table().version)
      return new Map<string, 'praise' | 'criticism'>()
    return new Map(
      confirmed.names.flatMap(({ isNamed, kind, unitCode }) => (isNamed ? [[unitCode, kind] as const] : [])),
    )
  })
  return { mayOpen, named }
}
