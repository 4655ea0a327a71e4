import type { Phone } from './phone.ts'

/** What happens to the phone while the pages are open: network, being looked at again, other windows. */
export function watchDevice(phone: Phone): void {
  const { ports, state } = phone
  addEventListener('online', () => phone.setOnline(true))
  addEventListener('offline', () => phone.setOnline(false))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return
    void phone.refresh().then(() => phone.sync())
  })
  void ports.keepStorage().then((isKept) => {
    state.isStorageKept = isKept
  })
  if (!state.isOnline) return
  if (state.kit === null) void phone.refreshKit().then(() => phone.sync(true))
  else void phone.sync(true)
}
