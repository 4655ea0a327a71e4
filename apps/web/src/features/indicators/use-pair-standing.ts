import { useQuery } from '@pinia/colada'
import type { PairStanding, StandingRow } from '@zhidu/contract'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'
import { ALONE, type StandingQuery, useStanding } from '../../ui/standing/use-standing.ts'
import { treeInput } from '../../ui/tree-input.ts'

/** Two units by their official score; the one with the better official place first. */
export interface OfficialPair {
  readonly above: StandingRow
  readonly below: StandingRow
  readonly standing: PairStanding
}

/** How surely one of two units truly stands above the other by the official score; `isMeasured` false = one of them has no place. */
export function usePairStanding(
  asked: MaybeRefOrGetter<StandingQuery>,
  codes: MaybeRefOrGetter<readonly [string, string] | null>,
) {
  const api = useApi()
  const standing = useStanding(asked)
  const rows = computed(() => {
    const pair = toValue(codes)
    const all = standing.data.value?.rows
    if (pair === null || all === undefined) return null
    return pair.flatMap((code) => all.filter(({ unitCode }) => unitCode === code)).toSorted((a, b) => a.rank - b.rank)
  })
  const places = computed(() => {
    const [above, below] = rows.value ?? []
    return above === undefined || below === undefined ? null : { above, below }
  })
  const query = useQuery({
    key: () => {
      const { asOf, group, quarter, tree } = toValue(asked)
      const { above, below } = places.value ?? {}
      return ['league', 'pair', quarter, group, asOf, tree, above?.unitCode ?? null, below?.unitCode ?? null]
    },
    enabled: () => places.value !== null,
    query: async ({ signal }): Promise<OfficialPair | null> => {
      const { asOf, group, quarter, tree } = toValue(asked)
      if (quarter === null || group === null || places.value === null) return null
      const { above, below } = places.value
      const moment = asOf === null ? {} : { asOf }
      const pair = { above: above.unitCode, below: below.unitCode }
      const input = { quarter, group, ...pair, ...treeInput(tree), ...moment }
      return { above, below, standing: await api.league.pair.query(input, { signal, ...ALONE }) }
    },
  })
  return {
    pair: computed(() => query.data.value ?? null),
    isMeasured: computed(() => rows.value === null || places.value !== null),
    isFailed: computed(() => query.error.value !== null || standing.error.value !== null),
  }
}
