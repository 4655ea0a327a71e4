import { useInfiniteQuery, useQuery } from '@pinia/colada'
import type { LeadList, LeadListInput } from '@zhidu/contract'
import { LEAD_SOURCES, LEAD_STATES } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

export const VIEWS = ['waiting', ...LEAD_STATES, 'all'] as const satisfies readonly LeadListInput['view'][]
export type LeadFilter = Omit<LeadListInput, 'cursor'>

export function toView(text: string | null): LeadListInput['view'] {
  return VIEWS.find((view) => view === text) ?? 'waiting'
}

export function toSource(text: string | null) {
  return LEAD_SOURCES.find((source) => source === text) ?? null
}

/** Leads of the office, page after page. */
export function useLeads(filter: MaybeRefOrGetter<LeadFilter>) {
  const api = useApi()
  const query = useInfiniteQuery<LeadList, Error, string | null>({
    key: () => ['leads', 'list', JSON.stringify(toValue(filter))],
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    query: ({ pageParam, signal }) =>
      api.lead.list.query({ ...toValue(filter), ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
  })
  return {
    ...query,
    first: computed(() => query.data.value?.pages[0]),
    items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []),
  }
}

/** One lead with its candidates and steps; null = none is chosen. */
export function useLead(leadCode: () => string | null) {
  const api = useApi()
  return useQuery({
    key: () => ['leads', 'get', leadCode() ?? ''],
    enabled: () => leadCode() !== null,
    query: ({ signal }) => api.lead.get.query({ leadCode: leadCode() ?? '' }, { signal }),
  })
}

/** Units and places by which texts are read. */
export function useLeadPlaces() {
  const api = useApi()
  return useQuery({ key: ['leads', 'places'], query: ({ signal }) => api.lead.places.query(undefined, { signal }) })
}
