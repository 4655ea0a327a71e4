import { type LeagueFilter, type LeagueSort, NO_FILTER, parseSort } from '@zhidu/domain'
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { firstText, usePageQuery } from '../../app/use-page-query.ts'
import { parseOnly } from './league-filter.ts'
import { sortToText } from './league-sort.ts'
import { type Basis, BASES } from './standing-view.ts'

/** Everything that decides what the table shows, in the address. */
export function useLeagueQuery() {
  const route = useRoute()
  const page = usePageQuery()

  const group = computed(() => firstText(route.query['group']))
  const filter = computed<LeagueFilter>(() => ({
    text: firstText(route.query['unit']) ?? '',
    grade: firstText(route.query['grade']),
    only: parseOnly(firstText(route.query['only'])),
  }))
  const basis = computed<Basis>(() => BASES.find((each) => each === firstText(route.query['basis'])) ?? 'official')
  const sort = computed<LeagueSort>(() => parseSort(firstText(route.query['sort'])))

  return {
    ...page,
    group,
    filter,
    sort,
    basis,
    setGroup: (next: string) => page.setQuery({ group: next }),
    setFilter: (next: LeagueFilter) => page.setQuery({ unit: next.text, grade: next.grade, only: next.only }),
    /** The order belongs to the basis it was chosen in. */
    setBasis: (next: Basis) => page.setQuery({ basis: next === 'official' ? null : next, sort: null }),
    setSort: (next: LeagueSort) => page.setQuery({ sort: sortToText(next) }),
    reset: () =>
      page.setQuery({ unit: NO_FILTER.text, grade: NO_FILTER.grade, only: NO_FILTER.only, sort: null, asOf: null }),
  }
}
