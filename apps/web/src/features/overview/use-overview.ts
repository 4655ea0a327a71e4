import { useQuery } from '@pinia/colada'
import type { Quarter, TreeChoice } from '@zhidu/domain'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'
import { treeInput } from '../../ui/tree-input.ts'

/** The quarter at a glance. Asks only once the quarter is known. */
export function useOverview(
  quarter: MaybeRefOrGetter<Quarter | null>,
  asOf: MaybeRefOrGetter<string | null>,
  tree: MaybeRefOrGetter<TreeChoice>,
) {
  const api = useApi()
  return useQuery({
    key: () => ['overview', toValue(quarter) ?? '', toValue(asOf) ?? '', toValue(tree)],
    enabled: () => toValue(quarter) !== null,
    query: ({ signal }) => {
      const wanted = toValue(quarter)
      if (wanted === null) throw new RangeError('no quarter')
      const at = toValue(asOf)
      const input = { quarter: wanted, ...treeInput(toValue(tree)) }
      return api.overview.get.query(at === null ? input : { ...input, asOf: at }, { signal })
    },
  })
}
