import type { InspectionLocation } from '../sheet/sheet.ts'

const PATIENCE_MS = 15_000

/** Once, where the phone is now; never followed. `atMs`: since the start of the check. */
export async function askPlace(atMs: () => number): Promise<InspectionLocation> {
  const { geolocation } = navigator
  if (geolocation === undefined || !globalThis.isSecureContext) return 'unavailable'
  return await new Promise((resolve) => {
    geolocation.getCurrentPosition(
      ({ coords: { accuracy, latitude, longitude } }) =>
        resolve({ atMs: Math.round(atMs()), latitude, longitude, accuracyMetres: Math.min(accuracy, 1_000_000) }),
      ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'refused' : 'unavailable'),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
    )
  })
}
