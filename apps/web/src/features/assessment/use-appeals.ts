import { useInfiniteQuery } from '@pinia/colada'
import type { AppealList, AppealListInput } from '@zhidu/contract'
import { APPEAL_STATES } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

/** Filters of the address that are one of a few words. */
export const CHOICES = { view: ['waiting', 'open', 'all'], state: APPEAL_STATES } as const satisfies {
  readonly view: readonly AppealListInput['view'][]
  readonly state: typeof APPEAL_STATES
}
export type ChoiceName = keyof typeof CHOICES
export type AppealListFilter = Omit<AppealListInput, 'cursor'>

/** A word of the address, when it is one of those that are meant; anything else filters nothing. */
export function toChoice<Name extends ChoiceName>(name: Name, text: string | null) {
  const words: readonly (typeof CHOICES)[Name][number][] = CHOICES[name]
  return words.find((word) => word === text) ?? null
}

/** Appeals in reach, page after page. */
export function useAppeals(filter: MaybeRefOrGetter<AppealListFilter>) {
  const api = useApi()
  const query = useInfiniteQuery<AppealList, Error, string | null>({
    key: () => ['appeals', 'list', JSON.stringify(toValue(filter))],
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    query: ({ pageParam, signal }) =>
      api.appeal.list.query({ ...toValue(filter), ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
  })
  return {
    ...query,
    first: computed(() => query.data.value?.pages[0]),
    items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []),
  }
}
