import { useInfiniteQuery } from '@pinia/colada'
import type { SupervisionCaseList, SupervisionCaseListInput } from '@zhidu/contract'
import { CASE_STATES, FINDINGS, LAMPS } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

const VIEWS = ['waiting', 'open', 'all'] as const satisfies readonly SupervisionCaseListInput['view'][]
/** Filters of the address that are one of a few words. */
export const CHOICES = { view: VIEWS, state: CASE_STATES, lamp: LAMPS, finding: FINDINGS } as const
export type ChoiceName = keyof typeof CHOICES
export type CaseFilter = Omit<SupervisionCaseListInput, 'cursor'>

/** A word of the address, when it is one of those that are meant; anything else filters nothing. */
export function toChoice<Name extends ChoiceName>(name: Name, text: string | null) {
  const words: readonly (typeof CHOICES)[Name][number][] = CHOICES[name]
  return words.find((word) => word === text) ?? null
}

/** Cases in reach, page after page. */
export function useCases(filter: MaybeRefOrGetter<CaseFilter>) {
  const api = useApi()
  const query = useInfiniteQuery<SupervisionCaseList, Error, string | null>({
    key: () => ['cases', 'list', JSON.stringify(toValue(filter))],
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    query: ({ pageParam, signal }) =>
      api.case.list.query({ ...toValue(filter), ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
  })
  return {
    ...query,
    first: computed(() => query.data.value?.pages[0]),
    items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []),
  }
}
