import type { Phone } from './phone.ts'

const SCRIPT = '/m/sw.js'

/**
 * The pages without network. A browser gives a service worker to secure pages only: over plain HTTP the pages need the network to open, and the
 * queue is kept all the same.
 */
export async function registerWorker(phone: Phone): Promise<void> {
  if (!('serviceWorker' in navigator) || !globalThis.isSecureContext) {
    phone.state.isOpenedOffline = false
    return
  }
  const registration = await navigator.serviceWorker.register(SCRIPT, { scope: '/m/' })
  const look = (worker: ServiceWorker | null): void => {
    worker?.addEventListener('statechange', () => {
      // The first one has nobody before it: then nothing is new.
      if (worker.state === 'installed' && navigator.serviceWorker.controller !== null) phone.state.isUpdateReady = true
    })
  }
  if (registration.waiting !== null) phone.state.isUpdateReady = true
  look(registration.installing)
  registration.addEventListener('updatefound', () => look(registration.installing))
}
