import { useInfiniteQuery } from '@pinia/colada'
import type { CheckList, CheckListInput } from '@zhidu/contract'
import { CHECK_METHODS, type CheckMethod, type Finding, FINDINGS, type Quarter } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { z } from 'zod'
import { useApi } from '../../app/api/use-api.ts'

export interface CheckFilter {
  readonly unitCode: string | null
  readonly method: CheckMethod | null
  readonly finding: Finding | null
  readonly result: 'passed' | 'failed' | null
  readonly search: string
}

export const RESULTS = ['failed', 'passed'] as const

export function toMethod(text: string | null): CheckMethod | null {
  return CHECK_METHODS.find((method) => method === text) ?? null
}

export function toFinding(text: string | null): Finding | null {
  return FINDINGS.find((finding) => finding === text) ?? null
}

/** `passed=true` and `passed=false` are read too: the overview links with them. */
export function toResult(text: string | null): CheckFilter['result'] {
  if (text === 'true') return 'passed'
  return text === 'false' ? 'failed' : (RESULTS.find((result) => result === text) ?? null)
}

/** Names of the filters in use, for the sentence that proposes to clear them. */
export function usedFilters(filter: CheckFilter): ('unit' | 'method' | 'finding' | 'result' | 'search')[] {
  const used: ('unit' | 'method' | 'finding' | 'result' | 'search')[] = []
  if (filter.unitCode !== null) used.push('unit')
  if (filter.method !== null) used.push('method')
  if (filter.finding !== null) used.push('finding')
  if (filter.result !== null) used.push('result')
  if (filter.search !== '') used.push('search')
  return used
}

export function toCheckListInput(
  quarter: Quarter,
  filter: CheckFilter,
  cursor: string | null,
): z.input<typeof CheckListInput> {
  return {
    quarter,
    ...(filter.unitCode === null ? {} : { unitCode: filter.unitCode }),
    ...(filter.method === null ? {} : { method: filter.method }),
    ...(filter.finding === null ? {} : { finding: filter.finding }),
    ...(filter.result === null ? {} : { passed: filter.result === 'passed' }),
    ...(filter.search === '' ? {} : { search: filter.search }),
    ...(cursor === null ? {} : { cursor }),
  }
}

/** The quarter's checks, page after page. */
export function useCheckList(quarter: MaybeRefOrGetter<Quarter | null>, filter: MaybeRefOrGetter<CheckFilter>) {
  const api = useApi()
  const query = useInfiniteQuery<CheckList, Error, string | null>({
    key: () => {
      const { unitCode, method, finding, result, search } = toValue(filter)
      return ['checks', toValue(quarter) ?? '', unitCode ?? '', method ?? '', finding ?? '', result ?? '', search]
    },
    enabled: () => toValue(quarter) !== null,
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    query: ({ pageParam, signal }) => {
      const wanted = toValue(quarter)
      if (wanted === null) throw new RangeError('no quarter')
      return api.check.list.query(toCheckListInput(wanted, toValue(filter), pageParam), { signal })
    },
  })
  return {
    ...query,
    first: computed(() => query.data.value?.pages[0]),
    items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []),
  }
}
