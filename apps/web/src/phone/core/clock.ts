import { type ClockAnchor, type DeviceMoment, type PlacedMoment, placeMoment } from '@zhidu/domain'
import type { KeptValues, PhoneClock } from './ports.ts'

const KEY = 'anchors'
const MOST = 8
/** A device's clock that differs by less is nobody's trouble. */
export const CLOCK_TOLERANCE_MS = 120_000

export interface ServerClock {
  readonly anchors: () => readonly ClockAnchor[]
  /** Asks for the server's time, and keeps where the phone's clocks stood. */
  anchor(ask: () => Promise<number>): Promise<number>
  place(moment: DeviceMoment): PlacedMoment
  /** How far this phone's wall clock is off, ms; positive = it is ahead. null = never compared. */
  errorMs(): number | null
  forget(): void
}

/** The newest of each life of the page and, among those, the quickest answer: the others say the same less exactly. */
function keepBest(anchors: readonly ClockAnchor[], next: ClockAnchor): ClockAnchor[] {
  const others = anchors.filter(({ session }) => session !== next.session)
  const own = anchors.filter(({ session }) => session === next.session)
  const [best] = [...own, next].toSorted((a, b) => a.roundTripMs - b.roundTripMs)
  const last = best === next ? [] : [next]
  return [...others, ...(best === undefined ? [] : [best]), ...last].slice(-MOST)
}

/** `load` first: what was kept is known from then on. */
export async function createServerClock(kept: KeptValues, clock: PhoneClock): Promise<ServerClock> {
  const stored = await kept.get(KEY)
  // Written by this file alone.
  let anchors = Array.isArray(stored) ? (stored as ClockAnchor[]) : []
  return {
    anchors: () => anchors,
    async anchor(ask) {
      const before = clock.now()
      const serverMs = await ask()
      const after = clock.now()
      const roundTripMs = Math.max(0, after.monotonicMs - before.monotonicMs)
      // The answer is taken to have been made half-way.
      const half = roundTripMs / 2
      anchors = keepBest(anchors, {
        session: before.session,
        monotonicMs: before.monotonicMs + half,
        wallMs: Math.round(before.wallMs + half),
        serverMs: Math.round(serverMs),
        roundTripMs,
      })
      await kept.put(KEY, anchors)
      return serverMs
    },
    place: (moment) => placeMoment(moment, anchors),
    errorMs: () => {
      const last = anchors.at(-1)
      return last === undefined ? null : last.wallMs - last.serverMs
    },
    forget: () => {
      anchors = []
    },
  }
}
