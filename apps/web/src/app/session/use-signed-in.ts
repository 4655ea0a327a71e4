import { useQueryCache } from '@pinia/colada'
import { useRoute, useRouter } from 'vue-router'
import { homePath, toReturnPath } from './session-rules.ts'
import { useForgetting } from './storage.ts'
import { useSession } from './use-session.ts'

/** Goes on after somebody has signed in: on the page that waited, on the one asked for, or on the own start page. */
export function useSignedIn(): () => Promise<void> {
  const { keeper, account } = useSession()
  const cache = useQueryCache()
  const forget = useForgetting()
  const route = useRoute()
  const router = useRouter()

  return async () => {
    const before = keeper.ended.value === null ? null : (account.value?.accountId ?? null)
    const next = await keeper.refresh()
    if (next.account === null) return
    keeper.resume()
    if (before === next.account.accountId && !next.mustChangePassword) {
      // A question that fails now shows its own error where it is asked.
      cache.invalidateQueries().catch(() => undefined)
      return
    }
    forget()
    // Nothing of what another account has open may stay.
    const target = before === null ? toReturnPath(route.query['returnTo']) : null
    await router.replace(target ?? homePath(next.account))
  }
}
