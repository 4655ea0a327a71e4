import { estimateTextWidth, placeLabels } from '../../ui/timeline/label-lanes.ts'

export interface PeersInput {
  /** Every score of the group, from high to low. */
  readonly scores: readonly number[]
  /** Units in reach that have one; each score is among `scores`. */
  readonly own: readonly { readonly label: string; readonly score: number }[]
  /** null = hidden, or nobody measured. */
  readonly mean: number | null
  /** px */
  readonly width: number
}

/** The scores that fall on one place of the axis. */
export interface PeersStack {
  readonly x: number
  readonly count: number
  readonly ownCount: number
}

export interface PeersPicture {
  readonly height: number
  /** Middle of the lowest dots. */
  readonly baseY: number
  readonly axisY: number
  /** From one dot of a stack to the next; below `RADIUS` the stacks are drawn as bars. */
  readonly step: number
  readonly stacks: readonly PeersStack[]
  readonly ticks: readonly { readonly x: number; readonly text: string }[]
  readonly meanX: number | null
  readonly labels: readonly {
    readonly text: string
    readonly left: number
    readonly y: number
    readonly x: number
    /** Top of the stack that the label points at. */
    readonly toY: number
  }[]
}

export const RADIUS = 4
const DOT = 10
const PLOT = 84
const PAD = 16
const LANE = 18
const FONT = 13
/** More own units than this are found in the table; their names would hide the picture. */
const MOST_LABELS = 3
const TICK_STEP = 5

/** Round ends that hold every score; 100 is always on the axis. */
function buildAxis(scores: readonly number[]): { readonly low: number; readonly high: number } {
  const high = Math.max(100, Math.ceil(Math.max(...scores) / TICK_STEP) * TICK_STEP)
  const low = Math.floor(Math.min(...scores) / TICK_STEP) * TICK_STEP
  return { low: Math.min(low, high - 2 * TICK_STEP), high }
}

/** Ticks that do not touch at this width. */
function tickStepOf(span: number, width: number): number {
  return [5, 10, 20, 25, 50].find((step) => (width / span) * step >= 34) ?? span
}

/** The middle of a sorted list; the mean of the two middle ones where there are two. null for an empty list. */
export function medianOf(scores: readonly number[]): number | null {
  const middle = scores.length / 2
  const upper = scores[Math.floor(middle)]
  if (upper === undefined) return null
  const lower = Number.isInteger(middle) ? scores[middle - 1] : upper
  return lower === undefined ? upper : (lower + upper) / 2
}

/** One dot a unit over an axis of points, equal scores stacked, own units on top of their stacks. `scores` not empty. */
export function buildPeersPicture({ scores, own, mean, width }: PeersInput): PeersPicture {
  const { low, high } = buildAxis(scores)
  const xOf = (score: number): number => PAD + ((score - low) / (high - low)) * (width - 2 * PAD)
  const placeOf = (score: number): number => Math.round((xOf(score) - PAD) / DOT)
  const counts = new Map<number, { count: number; ownCount: number }>()
  for (const score of scores) {
    const place = placeOf(score)
    counts.set(place, { count: (counts.get(place)?.count ?? 0) + 1, ownCount: 0 })
  }
  for (const { score } of own) {
    const at = counts.get(placeOf(score))
    if (at !== undefined) at.ownCount += 1
  }
  const stacks = [...counts]
    .toSorted(([a], [b]) => a - b)
    .map(([place, stack]): PeersStack => ({ x: PAD + place * DOT, ...stack }))
  const step = Math.min(DOT, PLOT / Math.max(...stacks.map(({ count }) => count)))
  const named = own.length <= MOST_LABELS ? own : []
  const boxes = named.map(({ label, score }) => ({
    x: PAD + placeOf(score) * DOT,
    width: estimateTextWidth(label, FONT) + 4,
  }))
  const placed = placeLabels(boxes, width, 10)
  const lanes = Math.max(0, ...placed.map(({ lane }) => lane + 1))
  const tallest = Math.max(...stacks.map(({ count }) => count)) * step
  const baseY = lanes * LANE + 8 + tallest - step / 2
  const axisY = baseY + RADIUS + 6
  const tickStep = tickStepOf(high - low, width - 2 * PAD)
  const firstTick = Math.ceil(low / tickStep) * tickStep
  return {
    height: axisY + (mean === null ? 20 : 38),
    baseY,
    axisY,
    step,
    stacks,
    ticks: Array.from({ length: Math.floor((high - firstTick) / tickStep) + 1 }, (_, index) => {
      const score = firstTick + index * tickStep
      return { x: xOf(score), text: String(score) }
    }),
    meanX: mean === null ? null : xOf(mean),
    labels: placed.map(({ left, lane }, index) => {
      const x = boxes[index]?.x ?? 0
      const stack = stacks.find((each) => each.x === x)
      return {
        text: named[index]?.label ?? '',
        left,
        y: (lanes - lane) * LANE - 5,
        x,
        toY: baseY - ((stack?.count ?? 1) - 1) * step - RADIUS - 1,
      }
    }),
  }
}
