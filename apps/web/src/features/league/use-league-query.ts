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

  // Each word apart: rows are sought and ordered anew only when one of them is another, not at every change of the address.
  const word = (name: string) => computed(() => firstText(route.query[name]))
  const [group, unit, grade, only, basisWord, order] = [
    word('group'),
    word('unit'),
    word('grade'),
    word('only'),
    word('basis'),
    word('sort'),
  ]
  const filter = computed<LeagueFilter>(() => ({
    text: unit.value ?? '',
    grade: grade.value,
    only: parseOnly(only.value),
  }))
  const basis = computed<Basis>(() => BASES.find((each) => each === basisWord.value) ?? 'official')
  const sort = computed<LeagueSort>(() => parseSort(order.value))

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
