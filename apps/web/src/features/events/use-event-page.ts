import { useQuery } from '@pinia/colada'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

/** One event as each unit was judged. */
export function useEventPage(eventCode: MaybeRefOrGetter<string>, asOf: MaybeRefOrGetter<string | null>) {
  const api = useApi()
  return useQuery({
    key: () => ['event', toValue(eventCode), toValue(asOf) ?? ''],
    query: ({ signal }) => {
      const at = toValue(asOf)
      const code = toValue(eventCode)
      return api.event.get.query(at === null ? { eventCode: code } : { eventCode: code, asOf: at }, { signal })
    },
  })
}
