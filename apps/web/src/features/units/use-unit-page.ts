import { useQuery } from '@pinia/colada'
import type { Quarter, TreeChoice } from '@zhidu/domain'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'
import { treeInput } from '../../ui/tree-input.ts'

/** Everything about one unit's quarter. Asks only once the quarter is known. */
export function useUnitPage(
  unitCode: MaybeRefOrGetter<string>,
  quarter: MaybeRefOrGetter<Quarter | null>,
  asOf: MaybeRefOrGetter<string | null>,
  tree: MaybeRefOrGetter<TreeChoice>,
) {
  const api = useApi()
  return useQuery({
    key: () => ['unit', toValue(unitCode), toValue(quarter) ?? '', toValue(asOf) ?? '', toValue(tree)],
    enabled: () => toValue(quarter) !== null,
    query: ({ signal }) => {
      const wanted = toValue(quarter)
      if (wanted === null) throw new RangeError('no quarter')
      const at = toValue(asOf)
      const input = { unitCode: toValue(unitCode), quarter: wanted, ...treeInput(toValue(tree)) }
      return api.unit.get.query(at === null ? input : { ...input, asOf: at }, { signal })
    },
  })
}
