import { useQuery } from '@pinia/colada'
import type { Quarter } from '@zhidu/domain'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

/** The units as of the quarter's last day, in official order. */
export function useUnitList(quarter: MaybeRefOrGetter<Quarter | null>) {
  const api = useApi()
  return useQuery({
    key: () => ['units', toValue(quarter) ?? ''],
    enabled: () => toValue(quarter) !== null,
    query: ({ signal }) => {
      const wanted = toValue(quarter)
      if (wanted === null) throw new RangeError('no quarter')
      return api.unit.list.query({ quarter: wanted }, { signal })
    },
  })
}
