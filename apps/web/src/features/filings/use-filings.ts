import { useInfiniteQuery, useQuery } from '@pinia/colada'
import type { FilingGetInput, FilingList, FilingListInput, FormFileRead } from '@zhidu/contract'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { sendWhole } from '../../app/api/send-whole.ts'
import { useApi } from '../../app/api/use-api.ts'

export function useFilings() {
  const api = useApi()
  return useQuery({ key: ['filings', 'mine'], query: ({ signal }) => api.filing.mine.query(undefined, { signal }) })
}

export function useFiling(input: MaybeRefOrGetter<FilingGetInput>) {
  const api = useApi()
  return useQuery({
    key: () => ['filings', 'get', JSON.stringify(toValue(input))],
    query: ({ signal }) => api.filing.get.query(toValue(input), { signal }),
  })
}

export function useFilingHolidays() {
  const api = useApi()
  return useQuery({
    key: ['filings', 'holidays'],
    query: ({ signal }) => api.filing.holidays.query(undefined, { signal }),
  })
}

/** Units below and how they stand with a holiday, page after page; nothing is asked while no holiday is chosen. */
export function useFilingList(filter: MaybeRefOrGetter<Omit<FilingListInput, 'cursor'> | null>) {
  const api = useApi()
  const query = useInfiniteQuery<FilingList, Error, string | null>({
    key: () => ['filings', 'list', JSON.stringify(toValue(filter))],
    enabled: () => toValue(filter) !== null,
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    query: ({ pageParam, signal }) => {
      const input = toValue(filter)
      if (input === null) throw new RangeError('no holiday')
      return api.filing.list.query({ ...input, ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal })
    },
  })
  return {
    ...query,
    first: computed(() => query.data.value?.pages[0]),
    items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []),
  }
}

export function sendFormFile({ form, holiday }: FilingGetInput, file: File): Promise<FormFileRead> {
  const query = new URLSearchParams({ fileName: file.name.slice(0, 255) })
  return sendWhole(`/files/filings/${encodeURIComponent(holiday)}/${form}?${query.toString()}`, file)
}
