import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { firstText, usePageQuery } from '../use-page-query.ts'
import { type AccountFilter, toRole, toState } from './use-account-list.ts'

/** Which accounts a list shows, read from the address and written there. */
export function useAccountFilter() {
  const route = useRoute()
  const { setQuery } = usePageQuery()

  const search = computed<string>({
    get: () => firstText(route.query['search']) ?? '',
    set: (next) => setQuery({ search: next }),
  })
  const role = computed<string | null>({
    get: () => toRole(firstText(route.query['role'])),
    set: (next) => setQuery({ role: next }),
  })
  const state = computed<string | null>({
    get: () => toState(firstText(route.query['state'])),
    set: (next) => setQuery({ state: next }),
  })
  const filter = computed<AccountFilter>(() => ({
    search: search.value,
    role: toRole(role.value),
    state: toState(state.value),
  }))

  return {
    search,
    role,
    state,
    filter,
    isUsed: computed(() => search.value !== '' || role.value !== null || state.value !== null),
    reset: () => setQuery({ search: null, role: null, state: null }),
  }
}
