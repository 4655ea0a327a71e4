import { useInfiniteQuery } from '@pinia/colada'
import type { ObligationList } from '@zhidu/contract'
import type { Quarter } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'
import { type ObligationFilter, toListInput } from './obligation-filter.ts'

/** What is owed in the quarter, page after page. */
export function useObligationList(
  quarter: MaybeRefOrGetter<Quarter | null>,
  filter: MaybeRefOrGetter<ObligationFilter>,
) {
  const api = useApi()
  const query = useInfiniteQuery<ObligationList, Error, string | null>({
    key: () => {
      const { asOf, kind, level, mark, outcome, sort, unitCode } = toValue(filter)
      const words = [asOf, unitCode, kind, outcome, level, mark].map((word) => word ?? '')
      return ['obligations', toValue(quarter) ?? '', ...words, sort]
    },
    enabled: () => toValue(quarter) !== null,
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    query: ({ pageParam, signal }) => {
      const wanted = toValue(quarter)
      if (wanted === null) throw new RangeError('no quarter')
      return api.obligation.list.query(toListInput(wanted, toValue(filter), pageParam), { signal })
    },
  })
  return {
    ...query,
    first: computed(() => query.data.value?.pages[0]),
    items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []),
  }
}
