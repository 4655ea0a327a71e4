import { useQuery } from '@pinia/colada'
import type { Quarter } from '@zhidu/domain'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'

/** Everything about one unit's quarter. Asks only once the quarter is known. */
export function useUnitPage(
  unitCode: MaybeRefOrGetter<string>,
  quarter: MaybeRefOrGetter<Quarter | null>,
  asOf: MaybeRefOrGetter<string | null>,
) {
  const api = useApi()
  return useQuery({
    key: () => ['unit', toValue(unitCode), toValue(quarter) ?? '', toValue(asOf) ?? ''],
    enabled: () => toValue(quarter) !== null,
    query: ({ signal }) => {
      const wanted = toValue(quarter)
      if (wanted === null) throw new RangeError('no quarter')
      const at = toValue(asOf)
      const input = { unitCode: toValue(unitCode), quarter: wanted }
      return api.unit.get.query(at === null ? input : { ...input, asOf: at }, { signal })
    },
  })
}
