import { useQuery } from '@pinia/colada'
import type { LeagueStanding } from '@zhidu/contract'
import type { Quarter, TreeChoice } from '@zhidu/domain'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { useApi } from '../../app/api/use-api.ts'
import { treeInput } from '../tree-input.ts'

export interface StandingQuery {
  readonly quarter: Quarter | null
  readonly group: string | null
  readonly asOf: string | null
  readonly tree: TreeChoice
}

/** Drawn when it is first asked for; see `createApi`. */
export const ALONE = { context: { isAlone: true } } as const

/** How sure the places of a table are; asked beside the table, which does not wait for it. Nothing while a part is null. */
export function useStanding(asked: MaybeRefOrGetter<StandingQuery>) {
  const api = useApi()
  return useQuery({
    key: () => {
      const { asOf, group, quarter, tree } = toValue(asked)
      return ['league', 'standing', quarter, group, asOf, tree]
    },
    enabled: () => toValue(asked).quarter !== null && toValue(asked).group !== null,
    query: async ({ signal }): Promise<LeagueStanding | null> => {
      const { asOf, group, quarter, tree } = toValue(asked)
      if (quarter === null || group === null) return null
      const moment = asOf === null ? {} : { asOf }
      return await api.league.standing.query({ quarter, group, ...treeInput(tree), ...moment }, { signal, ...ALONE })
    },
  })
}
