import { useQuery } from '@pinia/colada'
import type { SpecialPeriodItem } from '@zhidu/contract'
import { useApi } from '../../app/api/use-api.ts'

/** Special periods in the reader's reach, asked once for the whole page. */
export function usePeriods(isEnabled: () => boolean = () => true) {
  const api = useApi()
  return useQuery({
    key: ['calendar', 'periods'],
    enabled: isEnabled,
    query: ({ signal }) => api.calendar.periods.query(undefined, { signal }),
  })
}

/** As the calendar marks it; `to` null = until further notice. */
export interface MarkedPeriod {
  readonly key: string
  readonly title: string
  readonly from: string
  readonly to: string | null
}

/** Those that hold, by their newest version, and touch the year; the earliest first. */
export function periodsOfYear(items: readonly SpecialPeriodItem[], year: number): MarkedPeriod[] {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  return items
    .flatMap(({ periodId, versions: [now] }): MarkedPeriod[] => {
      if (now === undefined || now.isWithdrawn || now.from > last || (now.to !== null && now.to < first)) return []
      return [{ key: periodId, title: now.title, from: now.from, to: now.to }]
    })
    .sort((a, b) => (a.from < b.from ? -1 : 1))
}
