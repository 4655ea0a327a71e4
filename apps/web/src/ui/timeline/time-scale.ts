import { DAY_MS, HOUR_MS, LOCAL_OFFSET_MS, MINUTE_MS } from '@zhidu/domain'

export interface TimeScale {
  /** px of an instant; instants outside the drawn span land in the gutter behind the break. */
  x(at: number): number
  readonly from: number
  readonly to: number
  /** px at which the axis is broken because something lies far outside; null = not broken. */
  readonly breakBefore: number | null
  readonly breakAfter: number | null
}

export interface TimeScaleInput {
  readonly instants: readonly number[]
  /** The span that must be drawn to scale, epoch ms. */
  readonly core: { readonly from: number; readonly to: number }
  /** px. */
  readonly width: number
  readonly margin: number
}

const GUTTER = 148
/** px between the end of the axis and its break. */
const BREAK_INSET = 26
/** An instant further away than this many times the core is drawn behind a break, so that the core stays readable. */
const REACH_BEFORE = 1
const REACH_AFTER = 2

/** A linear axis around `core`, with a broken end for what lies far before or after it. */
export function buildTimeScale({ instants, core, width, margin }: TimeScaleInput): TimeScale {
  const span = Math.max(core.to - core.from, MINUTE_MS)
  const earliest = core.from - span * REACH_BEFORE
  const latest = core.to + span * REACH_AFTER
  const near = instants.filter((at) => at >= earliest && at <= latest)
  const from = Math.min(core.from, ...near)
  const to = Math.max(core.to, ...near)
  const isBrokenBefore = instants.some((at) => at < earliest)
  const isBrokenAfter = instants.some((at) => at > latest)
  const left = margin + (isBrokenBefore ? GUTTER : 0)
  const right = width - margin - (isBrokenAfter ? GUTTER : 0)
  const scale = (right - left) / Math.max(to - from, 1)
  return {
    from,
    to,
    breakBefore: isBrokenBefore ? left - GUTTER + BREAK_INSET : null,
    breakAfter: isBrokenAfter ? right + GUTTER - BREAK_INSET : null,
    x(at) {
      if (at < from) return margin
      if (at > to) return width - margin
      return left + (at - from) * scale
    },
  }
}

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 5, 10, 20, 50].map((days) => days * DAY_MS),
]

/** Round local times inside the drawn span, at least `minGap` px apart. */
export function buildTicks(scale: TimeScale, minGap: number): number[] {
  const span = scale.to - scale.from
  const pixels = scale.x(scale.to) - scale.x(scale.from)
  const step = STEPS.find((each) => (each / Math.max(span, 1)) * pixels >= minGap) ?? 100 * DAY_MS
  const first = Math.ceil((scale.from + LOCAL_OFFSET_MS) / step) * step - LOCAL_OFFSET_MS
  const ticks: number[] = []
  for (let at = first; at <= scale.to; at += step) ticks.push(at)
  return ticks
}
