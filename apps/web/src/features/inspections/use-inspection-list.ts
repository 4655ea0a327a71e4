import { useInfiniteQuery } from '@pinia/colada'
import type { InspectionList, InspectionListInput, InspectionPurpose, InspectionState } from '@zhidu/contract'
import { CHECK_METHODS, FINDINGS, type Quarter } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

/** What waits for somebody first. */
const STATES = [
  'awaiting_decision',
  'awaiting_files',
  'passed',
  'decided',
  'inconclusive',
  'compared',
] as const satisfies readonly InspectionState[]
const PURPOSES = ['drawn', 'ordered', 'second', 'upper'] as const satisfies readonly InspectionPurpose[]
/** Filters of the address that are one of a few words. */
export const CHOICES = {
  state: STATES,
  method: CHECK_METHODS,
  purpose: PURPOSES,
  finding: FINDINGS,
} as const
export type ChoiceName = keyof typeof CHOICES
export type InspectionFilter = Pick<InspectionListInput, 'unitCode' | ChoiceName>

/** A word of the address, when it is one of those that are meant; anything else filters nothing. */
export function toChoice<Name extends ChoiceName>(
  name: Name,
  text: string | null,
): (typeof CHOICES)[Name][number] | null {
  const words: readonly (typeof CHOICES)[Name][number][] = CHOICES[name]
  return words.find((word) => word === text) ?? null
}

/** The quarter's checks as phones recorded them, page after page. */
export function useInspectionList(
  quarter: MaybeRefOrGetter<Quarter | null>,
  filter: MaybeRefOrGetter<InspectionFilter>,
) {
  const api = useApi()
  const query = useInfiniteQuery<InspectionList, Error, string | null>({
    key: () => ['inspections', 'list', toValue(quarter) ?? '', JSON.stringify(toValue(filter))],
    enabled: () => toValue(quarter) !== null,
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    query: ({ pageParam, signal }) => {
      const wanted = toValue(quarter)
      if (wanted === null) throw new RangeError('no quarter')
      const from = pageParam === null ? {} : { cursor: pageParam }
      return api.inspection.list.query({ quarter: wanted, ...toValue(filter), ...from }, { signal })
    },
  })
  return {
    ...query,
    first: computed(() => query.data.value?.pages[0]),
    items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []),
  }
}
