import { readonly, shallowRef } from 'vue'
import type { Router } from 'vue-router'

const missed = shallowRef<string | null>(null)

/** Address of a page whose code did not arrive, so that it is said instead of nothing happening; null = none. */
export function useMissedPage() {
  function watchRouter(router: Router): void {
    router.onError((_error, to) => {
      missed.value = to.fullPath
    })
    // Also for a press on the page one is on: it brings that page back. Not called when code did not arrive.
    router.afterEach(() => {
      missed.value = null
    })
  }

  /** Loads the page anew, also its code: after an update of the server it has other names. Stays when nobody answers. */
  async function openMissed(): Promise<void> {
    const address = missed.value
    if (address === null) return
    const isBack = await fetch('/healthz').then(
      (response) => response.ok,
      () => false,
    )
    if (isBack) globalThis.location.assign(address)
  }

  return { missed: readonly(missed), watchRouter, openMissed }
}
