import { useInfiniteQuery } from '@pinia/colada'
import type { EventList, EventListInput, OutcomeKey } from '@zhidu/contract'
import { type Level, LEVELS, type Quarter } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import type { z } from 'zod'
import { useApi } from '../../app/api/use-api.ts'

export type Outcome = z.infer<typeof OutcomeKey>

export interface EventFilter {
  /** ISO instant; null = now. */
  readonly asOf: string | null
  readonly unitCode: string | null
  readonly outcome: Outcome | null
  readonly level: Level | null
  readonly search: string
}

/** In the order in which an office asks for them. */
export const OUTCOMES: readonly Outcome[] = ['late', 'missing', 'not_yet_due', 'on_time']

export function toOutcome(text: string | null): Outcome | null {
  return OUTCOMES.find((outcome) => outcome === text) ?? null
}

export function toLevel(text: string | null): Level | null {
  return LEVELS.find((level) => level === text) ?? null
}

/** Names of the filters in use, for the sentence that proposes to clear them. */
export function usedFilters(filter: EventFilter): ('unit' | 'outcome' | 'level' | 'search')[] {
  const used: ('unit' | 'outcome' | 'level' | 'search')[] = []
  if (filter.unitCode !== null) used.push('unit')
  if (filter.outcome !== null) used.push('outcome')
  if (filter.level !== null) used.push('level')
  if (filter.search !== '') used.push('search')
  return used
}

export function toEventListInput(
  quarter: Quarter,
  filter: EventFilter,
  cursor: string | null,
): z.input<typeof EventListInput> {
  return {
    quarter,
    ...(filter.asOf === null ? {} : { asOf: filter.asOf }),
    ...(filter.unitCode === null ? {} : { unitCode: filter.unitCode }),
    ...(filter.outcome === null ? {} : { outcome: filter.outcome }),
    ...(filter.level === null ? {} : { level: filter.level }),
    ...(filter.search === '' ? {} : { search: filter.search }),
    ...(cursor === null ? {} : { cursor }),
  }
}

/** The quarter's events, page after page. */
export function useEventList(quarter: MaybeRefOrGetter<Quarter | null>, filter: MaybeRefOrGetter<EventFilter>) {
  const api = useApi()
  const query = useInfiniteQuery<EventList, Error, string | null>({
    key: () => {
      const { asOf, unitCode, outcome, level, search } = toValue(filter)
      return ['events', toValue(quarter) ?? '', asOf ?? '', unitCode ?? '', outcome ?? '', level ?? '', search]
    },
    enabled: () => toValue(quarter) !== null,
    initialPageParam: null,
    getNextPageParam: (last) => last.nextCursor,
    query: ({ pageParam, signal }) => {
      const wanted = toValue(quarter)
      if (wanted === null) throw new RangeError('no quarter')
      return api.event.list.query(toEventListInput(wanted, toValue(filter), pageParam), { signal })
    },
  })
  return {
    ...query,
    first: computed(() => query.data.value?.pages[0]),
    items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []),
  }
}
