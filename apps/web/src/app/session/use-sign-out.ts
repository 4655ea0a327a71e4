import { useRouter } from 'vue-router'
import { useAction } from '../api/use-action.ts'
import { useApi } from '../api/use-api.ts'
import { useForgetting } from './storage.ts'
import { useSession } from './use-session.ts'

/** Signs out, and leaves nothing of the account behind in this browser. */
export function useSignOut() {
  const api = useApi()
  const router = useRouter()
  const { keeper } = useSession()
  const forget = useForgetting()
  const { isBusy, problem, run } = useAction()

  async function signOut(): Promise<void> {
    await run(() => api.session.signOut.mutate())
    // Whoever is signed out already is out; whoever the server did not hear is not.
    if (problem.value !== null && problem.value.kind !== 'unauthenticated') return
    keeper.forget()
    forget()
    await keeper.load()
    await router.push('/sign-in')
  }

  return { signOut, isBusy, problem }
}
