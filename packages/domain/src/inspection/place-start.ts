import { type ClockAnchor, type DeviceMoment, placeMoment, type PlacedMoment } from './device-clock.ts'

/**
 * The start of a check that was received at `now` (epoch ms) and lasted `elapsedMs`. It did not end later than it was received: what
 * says so is put there, and is uncertain by as much.
 */
export function placeStart(
  start: DeviceMoment,
  anchors: readonly ClockAnchor[],
  { elapsedMs, now }: { readonly elapsedMs: number; readonly now: number },
): PlacedMoment {
  const placed = placeMoment(start, anchors)
  const latest = now - elapsedMs
  if (placed.at <= latest) return placed
  return { ...placed, at: latest, uncertaintyMs: placed.uncertaintyMs + placed.at - latest }
}

/** How far the device's clock was ahead at the anchor with the shortest round trip, ms; 0 without any. */
export function deviceErrorOf(anchors: readonly ClockAnchor[]): number {
  const [best] = anchors.toSorted((one, other) => one.roundTripMs - other.roundTripMs)
  return best === undefined ? 0 : Math.round(best.wallMs - best.serverMs)
}
