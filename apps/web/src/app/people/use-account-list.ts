import { useInfiniteQuery } from '@pinia/colada'
import type { AccountList, AccountListInput } from '@zhidu/contract'
import { type Role, ROLES } from '@zhidu/domain'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'

export interface AccountFilter {
  readonly search: string
  readonly role: Role | null
  readonly state: AccountState | null
}

export const ACCOUNT_STATES = ['enabled', 'disabled'] as const
export type AccountState = (typeof ACCOUNT_STATES)[number]

export function toRole(text: string | null): Role | null {
  return ROLES.find((role) => role === text) ?? null
}

export function toState(text: string | null): AccountState | null {
  return ACCOUNT_STATES.find((state) => state === text) ?? null
}

export function toAccountListInput(filter: AccountFilter, after: string | null): AccountListInput {
  return {
    ...(filter.search === '' ? {} : { search: filter.search }),
    ...(filter.role === null ? {} : { role: filter.role }),
    ...(filter.state === null ? {} : { isDisabled: filter.state === 'disabled' }),
    ...(after === null ? {} : { after }),
  }
}

/** Accounts, page after page. `key` keeps the lists of different administrators apart. */
export function useAccountList(
  key: string,
  filter: MaybeRefOrGetter<AccountFilter>,
  ask: (input: AccountListInput, signal: AbortSignal) => Promise<AccountList>,
) {
  const query = useInfiniteQuery<AccountList, Error, string | null>({
    key: () => {
      const { search, role, state } = toValue(filter)
      return [key, search, role ?? '', state ?? '']
    },
    initialPageParam: null,
    getNextPageParam: (last) => (last.hasMore ? (last.items.at(-1)?.loginName ?? null) : null),
    query: ({ pageParam, signal }) => ask(toAccountListInput(toValue(filter), pageParam), signal),
  })
  return {
    ...query,
    first: computed(() => query.data.value?.pages[0]),
    items: computed(() => query.data.value?.pages.flatMap((page) => page.items) ?? []),
  }
}
