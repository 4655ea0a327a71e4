import { useInfiniteQuery, useQuery } from '@pinia/colada'
import type { LogList, LogListInput } from '@zhidu/contract'
import { LOG_KINDS, LOG_OUTCOMES, LOG_SOURCES, LOG_STATES } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

const SORTS = ['newest', 'oldest'] as const satisfies readonly NonNullable<LogListInput['sort']>[]
/** Filters of the address that are one of a few words. */
export const CHOICES = {
  state: LOG_STATES,
  source: LOG_SOURCES,
  kind: LOG_KINDS,
  outcome: LOG_OUTCOMES,
  late: ['late'],
  sort: SORTS,
} as const
export type ChoiceName = keyof typeof CHOICES
export type LogFilter = Omit<LogListInput, 'cursor'>

/** A word of the address, when it is one of those that are meant; anything else filters nothing. */
export function toChoice<Name extends ChoiceName>(name: Name, text: string | null) {
  const words: readonly (typeof CHOICES)[Name][number][] = CHOICES[name]
  return words.find((word) => word === text) ?? null
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

export function toDay(text: string | null): string | null {
  return text !== null && DAY.test(text) ? text : null
}

/** What an input of a local time gives, as an instant; null = nothing was chosen. */
export function toInstant(local: string): string | null {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) ? `${local}:00+08:00` : null
}

export function useLogDesk(unitCode: MaybeRefOrGetter<string | null>) {
  const api = useApi()
  return useQuery({
    key: () => ['dutyLog', 'desk', toValue(unitCode) ?? ''],
    query: ({ signal }) => {
      const unit = toValue(unitCode)
      return api.log.desk.query(unit === null ? {} : { unitCode: unit }, { signal })
    },
  })
}

/** Entries in reach, page after page. */
export function useLogList(filter: MaybeRefOrGetter<LogFilter>) {
  const api = useApi()
  const query = useInfiniteQuery<LogList, Error, string | null>({
    key: () => ['dutyLog', 'list', JSON.stringify(toValue(filter))],
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    query: ({ pageParam, signal }) =>
      api.log.list.query({ ...toValue(filter), ...(pageParam === null ? {} : { cursor: pageParam }) }, { signal }),
  })
  return {
    ...query,
    first: computed(() => query.data.value?.pages[0]),
    items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []),
  }
}

export function useLogEntry(entryId: () => string) {
  const api = useApi()
  return useQuery({
    key: () => ['dutyLog', 'entry', entryId()],
    query: ({ signal }) => api.log.get.query({ entryId: entryId() }, { signal }),
  })
}

export function useLogDay(key: () => { unitCode: string; day: string }) {
  const api = useApi()
  return useQuery({
    key: () => ['dutyLog', 'day', key().unitCode, key().day],
    query: ({ signal }) => api.log.day.query(key(), { signal }),
  })
}

export function useHandovers(unitCode: () => string | null) {
  const api = useApi()
  return useQuery({
    key: () => ['dutyLog', 'handovers', unitCode() ?? ''],
    query: ({ signal }) => {
      const unit = unitCode()
      return api.handover.list.query(unit === null ? {} : { unitCode: unit }, { signal })
    },
  })
}

export function useHandover(handoverId: () => string) {
  const api = useApi()
  return useQuery({
    key: () => ['dutyLog', 'handover', handoverId()],
    query: ({ signal }) => api.handover.get.query({ handoverId: handoverId() }, { signal }),
  })
}
