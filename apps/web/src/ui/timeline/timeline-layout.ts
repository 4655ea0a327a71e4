import { estimateTextWidth, placeLabels } from './label-lanes.ts'
import { buildTicks, buildTimeScale } from './time-scale.ts'
import type { FirstTimeline, LaterTimeline, LaterMark, TimelineBar, TimelineMark } from './timeline-model.ts'

export interface MarkText {
  readonly time: string
  readonly name: string
  readonly source: string
}

export interface PlacedMark {
  readonly mark: TimelineMark
  readonly text: MarkText
  readonly x: number
  /** Top left corner of the label. */
  readonly labelX: number
  readonly labelY: number
}

export interface PlacedBar {
  readonly bar: TimelineBar
  readonly x: number
  readonly dueX: number
  /** null = no overrun. */
  readonly endX: number | null
  /** Where the overrun can bear a text: up to its end, or to the break of the axis. */
  readonly textEndX: number | null
  readonly y: number
  readonly height: number
}

export interface PlacedTick {
  readonly x: number
  readonly at: number
}

export interface FirstLayout {
  readonly height: number
  readonly axisY: number
  readonly ticks: readonly PlacedTick[]
  readonly bars: readonly PlacedBar[]
  readonly marks: readonly PlacedMark[]
  readonly breakBefore: number | null
  readonly breakAfter: number | null
}

export const TIME_SIZE = 18
export const TEXT_SIZE = 12
const NAME_SIZE = 13
const MARGIN = 14
const BAR_TOP = 30
const BAR_HEIGHT = 22
const PHONE_HEIGHT = 14
const LABEL_TOP = 14
const LANE_HEIGHT = 60
const TICK_GAP = 84

/** Where everything of the first line stands for a given width; px. */
export function layoutFirst(
  timeline: FirstTimeline,
  width: number,
  textOf: (mark: TimelineMark) => MarkText,
): FirstLayout {
  const overruns = timeline.bars.flatMap((bar) => bar.overrunTo ?? [])
  const instants = [...timeline.marks.map((mark) => mark.at), ...overruns]
  const scale = buildTimeScale({ instants, core: timeline.core, width, margin: MARGIN })
  const texts = timeline.marks.map(textOf)
  const boxes = timeline.marks.map((mark, index) => ({ x: scale.x(mark.at), width: widthOf(texts[index]) }))
  const labels = placeLabels(boxes, width, 14)
  const bars = timeline.bars.map((bar): PlacedBar => ({
    bar,
    x: scale.x(bar.from),
    dueX: scale.x(bar.dueAt),
    endX: bar.overrunTo === null ? null : scale.x(bar.overrunTo),
    textEndX:
      bar.overrunTo === null
        ? null
        : bar.overrunTo > scale.to && scale.breakAfter !== null
          ? scale.breakAfter - 6
          : scale.x(bar.overrunTo),
    y: bar.kind === 'written' ? BAR_TOP : BAR_TOP + BAR_HEIGHT + 4,
    height: bar.kind === 'written' ? BAR_HEIGHT : PHONE_HEIGHT,
  }))
  const axisY = BAR_TOP + BAR_HEIGHT + (bars.length > 1 ? PHONE_HEIGHT + 4 : 0) + 16
  const lanes = Math.max(0, ...labels.map((label) => label.lane)) + 1
  return {
    height: axisY + LABEL_TOP + lanes * LANE_HEIGHT,
    axisY,
    ticks: buildTicks(scale, TICK_GAP).map((at) => ({ at, x: scale.x(at) })),
    bars,
    marks: timeline.marks.map((mark, index) => ({
      mark,
      text: texts[index] ?? { time: '', name: '', source: '' },
      x: scale.x(mark.at),
      labelX: labels[index]?.left ?? 0,
      labelY: axisY + LABEL_TOP + (labels[index]?.lane ?? 0) * LANE_HEIGHT,
    })),
    breakBefore: scale.breakBefore,
    breakAfter: scale.breakAfter,
  }
}

function widthOf(text: MarkText | undefined): number {
  if (text === undefined) return 0
  return Math.max(
    estimateTextWidth(text.time, TIME_SIZE),
    estimateTextWidth(text.name, NAME_SIZE),
    estimateTextWidth(text.source, TEXT_SIZE),
  )
}

export interface LaterText {
  readonly time: string
  readonly name: string
}

export interface PlacedLater {
  readonly mark: LaterMark
  readonly x: number
  /** null = the mark's shape says enough, or there are too many of its kind to name. */
  readonly label: { readonly text: LaterText; readonly x: number; readonly y: number } | null
}

export interface LaterLayout {
  readonly height: number
  readonly axisY: number
  readonly ticks: readonly PlacedTick[]
  readonly marks: readonly PlacedLater[]
  readonly fromX: number
}

const LATER_AXIS_Y = 40
const LATER_LABEL_TOP = 18
const LATER_LANE_HEIGHT = 40
/** More missed slots than this are only marked. */
const MAX_NAMED_SLOTS = 6

/** What gets a label: the count of elements, the final report, and missed slots while they are few. */
function isNamed(mark: LaterMark, missedCount: number): boolean {
  if (mark.kind === 'judged') return true
  if (mark.kind === 'report') return mark.stage === 'final'
  return mark.kind === 'slot_missed' && missedCount <= MAX_NAMED_SLOTS
}

/** The second line: everything after the first report, on its own scale of hours and days. */
export function layoutLater(
  timeline: LaterTimeline,
  width: number,
  textOf: (mark: LaterMark) => LaterText,
): LaterLayout {
  const { from, to, marks } = timeline
  const scale = buildTimeScale({ instants: [], core: { from, to }, width, margin: MARGIN })
  const missedCount = marks.filter((mark) => mark.kind === 'slot_missed').length
  const named = marks.filter((mark) => isNamed(mark, missedCount)).map((mark) => ({ mark, text: textOf(mark) }))
  const boxes = named.map(({ mark, text }) => ({
    x: scale.x(mark.at),
    width: Math.max(estimateTextWidth(text.time, NAME_SIZE), estimateTextWidth(text.name, TEXT_SIZE)),
  }))
  const places = placeLabels(boxes, width, 12)
  const lanes = Math.max(-1, ...places.map((place) => place.lane)) + 1
  return {
    height: LATER_AXIS_Y + 18 + lanes * LATER_LANE_HEIGHT,
    axisY: LATER_AXIS_Y,
    ticks: buildTicks(scale, TICK_GAP).map((at) => ({ at, x: scale.x(at) })),
    marks: marks.map((mark) => {
      const index = named.findIndex((each) => each.mark === mark)
      const place = places[index]
      const text = named[index]?.text
      return {
        mark,
        x: scale.x(mark.at),
        label:
          place === undefined || text === undefined
            ? null
            : { text, x: place.left, y: LATER_AXIS_Y + LATER_LABEL_TOP + place.lane * LATER_LANE_HEIGHT },
      }
    }),
    fromX: scale.x(from),
  }
}
