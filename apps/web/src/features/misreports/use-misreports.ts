import { useInfiniteQuery, useQuery } from '@pinia/colada'
import type { MisreportList, MisreportListInput } from '@zhidu/contract'
import { MISREPORT_KINDS } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

const VIEWS = ['waiting', 'open', 'over', 'all'] as const satisfies readonly MisreportListInput['view'][]
/** Filters of the address that are one of a few words. */
export const CHOICES = { view: VIEWS, kind: MISREPORT_KINDS } as const
export type ChoiceName = keyof typeof CHOICES
export type MisreportFilter = Omit<MisreportListInput, 'cursor'>

/** A word of the address, when it is one of those that are meant; anything else filters nothing. */
export function toChoice<Name extends ChoiceName>(name: Name, text: string | null) {
  const words: readonly (typeof CHOICES)[Name][number][] = CHOICES[name]
  return words.find((word) => word === text) ?? null
}

/** Cases in reach, page after page. */
export function useMisreports(filter: MaybeRefOrGetter<MisreportFilter>) {
  const api = useApi()
  const query = useInfiniteQuery<MisreportList, Error, string | null>({
    key: () => ['misreports', 'list', JSON.stringify(toValue(filter))],
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    query: ({ pageParam, signal }) =>
      api.misreport.list.query(
        { ...toValue(filter), ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
  })
  return {
    ...query,
    first: computed(() => query.data.value?.pages[0]),
    items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []),
  }
}

/** One case with all its steps. */
export function useMisreport(caseId: () => string) {
  const api = useApi()
  return useQuery({
    key: () => ['misreports', 'get', caseId()],
    query: ({ signal }) => api.misreport.get.query({ caseId: caseId() }, { signal }),
  })
}
