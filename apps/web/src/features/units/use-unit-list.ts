import { useQuery } from '@pinia/colada'
import type { Quarter, TreeChoice } from '@zhidu/domain'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'
import { treeInput } from '../../ui/tree-input.ts'

/** The units as of the quarter's last day, or of today, in official order. */
export function useUnitList(quarter: MaybeRefOrGetter<Quarter | null>, tree: MaybeRefOrGetter<TreeChoice>) {
  const api = useApi()
  return useQuery({
    key: () => ['units', toValue(quarter) ?? '', toValue(tree)],
    enabled: () => toValue(quarter) !== null,
    query: ({ signal }) => {
      const wanted = toValue(quarter)
      if (wanted === null) throw new RangeError('no quarter')
      return api.unit.list.query({ quarter: wanted, ...treeInput(toValue(tree)) }, { signal })
    },
  })
}
