import type { Permission } from '@zhidu/domain'
import { computed, inject, type InjectionKey } from 'vue'
import type { SessionKeeper } from './session-keeper.ts'
import { hasAny, homePath, isUnitOfficerOnly } from './session-rules.ts'

export const SESSION: InjectionKey<SessionKeeper> = Symbol('session')

/** Who is signed in and what the account may do, for pages and for the shell. */
export function useSession() {
  const keeper = inject(SESSION)
  if (keeper === undefined) throw new Error('no session provided')
  const { state } = keeper
  const account = computed(() => state.value?.account ?? null)
  return {
    keeper,
    state,
    account,
    viewingAs: computed(() => state.value?.viewingAs ?? null),
    ended: keeper.ended,
    home: computed(() => homePath(account.value)),
    isUnitOfficerOnly: computed(() => isUnitOfficerOnly(account.value)),
    /** Reactive when called in a template or in `computed`. */
    may: (...needs: readonly Permission[]) => hasAny(account.value, needs),
  }
}
