/** Where server time, the device's wall clock and its monotonic clock stood at one moment; all in ms. */
export interface ClockAnchor {
  /** Of the page's life: monotonic readings of two lives cannot be compared. */
  readonly session: string
  readonly monotonicMs: number
  readonly wallMs: number
  readonly serverMs: number
  /** Between question and answer: the server's moment lies somewhere in it. */
  readonly roundTripMs: number
}

export interface DeviceMoment {
  readonly session: string
  readonly monotonicMs: number
  readonly wallMs: number
}

export interface PlacedMoment {
  /** Epoch ms on the server's clock. */
  readonly at: number
  /** How far off it may be, ms, either way. */
  readonly uncertaintyMs: number
  /** `monotonic`: by a clock that cannot be set; `wall`: by the device's clock and its error; `none`: as the device said. */
  readonly basis: 'monotonic' | 'wall' | 'none'
}

/** How far a wall clock that nobody vouches for may be off. */
const UNKNOWN_MS = 24 * 3_600_000

/**
 * Places a device's moment on the server's clock. An anchor of the same life of the page, by the monotonic clock, is as good as its
 * round trip; otherwise the wall clock with its error at the anchors around: what the error changed between them is the uncertainty.
 * A clock that is a year off is thereby put right. Without any anchor the device's own time stands, uncertain by a day.
 */
export function placeMoment(moment: DeviceMoment, anchors: readonly ClockAnchor[]): PlacedMoment {
  const [same] = anchors
    .filter(({ session }) => session === moment.session)
    .toSorted((one, other) => one.roundTripMs - other.roundTripMs)
  if (same !== undefined) {
    const at = Math.round(same.serverMs + moment.monotonicMs - same.monotonicMs)
    return { at, uncertaintyMs: Math.ceil(same.roundTripMs / 2), basis: 'monotonic' }
  }
  const errors = anchors.map(({ serverMs, wallMs }) => serverMs - wallMs)
  if (errors.length === 0) return { at: Math.round(moment.wallMs), uncertaintyMs: UNKNOWN_MS, basis: 'none' }
  const [least, most] = [Math.min(...errors), Math.max(...errors)]
  const longest = Math.max(...anchors.map(({ roundTripMs }) => roundTripMs))
  // One anchor alone shows the error of one moment, not that it stayed.
  const drift = errors.length === 1 ? 0 : (most - least) / 2
  return {
    at: Math.round(moment.wallMs + (least + most) / 2),
    uncertaintyMs: Math.ceil(drift + longest / 2),
    basis: 'wall',
  }
}
