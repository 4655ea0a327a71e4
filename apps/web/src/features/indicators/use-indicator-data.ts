import { useQuery } from '@pinia/colada'
import type { IndicatorGroup } from '@zhidu/contract'
import { type Indicator, INDICATORS, type Quarter } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useRoute } from 'vue-router'
import { useApi } from '../../app/api/use-api.ts'
import { firstText, usePageQuery } from '../../app/use-page-query.ts'
import { treeInput } from '../../ui/tree-input.ts'

function toIndicator(text: string | null): Indicator {
  return INDICATORS.find((one) => one === text) ?? 'timeliness'
}

/** Quarter, group and indicator of a page, in its address; the group else the largest in reach. */
export function useGroupQuery() {
  const api = useApi()
  const route = useRoute()
  const page = usePageQuery()
  const { quarter, tree } = page
  const groups = useQuery({
    key: () => ['league', 'groups', quarter.value, tree.value],
    enabled: () => quarter.value !== null,
    query: async ({ signal }) =>
      quarter.value === null
        ? []
        : await api.league.groups.query({ quarter: quarter.value, ...treeInput(tree.value) }, { signal }),
  })
  return {
    ...page,
    groups,
    group: computed(() => firstText(route.query['group']) ?? groups.data.value?.[0]?.group ?? null),
    indicator: computed(() => toIndicator(firstText(route.query['indicator']))),
    textOf: (key: string) => firstText(route.query[key]),
    setGroup: (next: string) => page.setQuery({ group: next }),
    setIndicator: (next: string) => page.setQuery({ indicator: next === 'timeliness' ? null : next }),
  }
}
export type GroupQuery = ReturnType<typeof useGroupQuery>

/** The shares of the group asked about; those before stay on screen while the next ones are on their way. */
export function useIndicatorGroup({ asOf, group, quarter, tree }: GroupQuery) {
  const api = useApi()
  return useQuery({
    key: () => ['indicator', 'group', quarter.value, group.value, asOf.value, tree.value],
    enabled: () => quarter.value !== null && group.value !== null,
    placeholderData: (previous: IndicatorGroup | null | undefined) => previous ?? undefined,
    query: async ({ signal }): Promise<IndicatorGroup | null> => {
      if (quarter.value === null || group.value === null) return null
      const moment = asOf.value === null ? {} : { asOf: asOf.value }
      const asked = { quarter: quarter.value, group: group.value, ...treeInput(tree.value), ...moment }
      return await api.indicator.group.query(asked, { signal })
    },
  })
}

/** A unit's series up to a quarter. */
export function useIndicatorTrend(args: {
  readonly unitCode: MaybeRefOrGetter<string | null>
  readonly quarter: MaybeRefOrGetter<Quarter | null>
  readonly asOf: MaybeRefOrGetter<string | null>
  readonly tree: MaybeRefOrGetter<'then' | 'now'>
}) {
  const api = useApi()
  return useQuery({
    key: () => [
      'indicator',
      'trend',
      toValue(args.unitCode),
      toValue(args.quarter),
      toValue(args.asOf),
      toValue(args.tree),
    ],
    enabled: () => toValue(args.unitCode) !== null && toValue(args.quarter) !== null,
    query: async ({ signal }) => {
      const [unitCode, quarter, asOf] = [toValue(args.unitCode), toValue(args.quarter), toValue(args.asOf)]
      if (unitCode === null || quarter === null) return null
      const moment = asOf === null ? {} : { asOf }
      return await api.indicator.trend.query(
        { unitCode, quarter, ...treeInput(toValue(args.tree)), ...moment },
        { signal },
      )
    },
  })
}
