import { useQuery } from '@pinia/colada'
import type { LeagueTable } from '@zhidu/contract'
import type { Quarter, TreeChoice } from '@zhidu/domain'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'
import { treeInput } from '../../ui/tree-input.ts'

export function useLeagueGroups(quarter: MaybeRefOrGetter<Quarter | null>, tree: MaybeRefOrGetter<TreeChoice>) {
  const api = useApi()
  return useQuery({
    key: () => ['league', 'groups', toValue(quarter), toValue(tree)],
    enabled: () => toValue(quarter) !== null,
    query: async ({ signal }) => {
      const asked = toValue(quarter)
      return asked === null
        ? []
        : await api.league.groups.query({ quarter: asked, ...treeInput(toValue(tree)) }, { signal })
    },
  })
}

/** The table before stays on screen while the next one is on its way. */
export function useLeagueTable(
  quarter: MaybeRefOrGetter<Quarter | null>,
  group: MaybeRefOrGetter<string | null>,
  asOf: MaybeRefOrGetter<string | null>,
  tree: MaybeRefOrGetter<TreeChoice>,
) {
  const api = useApi()
  return useQuery({
    key: () => ['league', 'table', toValue(quarter), toValue(group), toValue(asOf), toValue(tree)],
    enabled: () => toValue(quarter) !== null && toValue(group) !== null,
    placeholderData: (previous: LeagueTable | null | undefined) => previous ?? undefined,
    query: async ({ signal }): Promise<LeagueTable | null> => {
      const askedQuarter = toValue(quarter)
      const askedGroup = toValue(group)
      const askedAsOf = toValue(asOf)
      if (askedQuarter === null || askedGroup === null) return null
      const moment = askedAsOf === null ? {} : { asOf: askedAsOf }
      const asked = { quarter: askedQuarter, group: askedGroup, ...treeInput(toValue(tree)), ...moment }
      return await api.league.table.query(asked, { signal })
    },
  })
}
