import type { MilestoneView, ObligationTimeline } from '@zhidu/contract'
import { estimateTextWidth, placeLabels } from '../timeline/label-lanes.ts'
import { buildTicks, buildTimeScale } from '../timeline/time-scale.ts'

/** `until`: a limit that was moved to; `now`: the moment asked about, while it is not met. */
export type LineMarkKind = Exclude<MilestoneView['kind'], 'closed'> | 'until' | 'now'

export interface LineMark {
  /** Epoch ms. */
  readonly at: number
  readonly kind: LineMarkKind
  readonly isLate: boolean
}

/** A stretch of time, epoch ms. */
export interface LineSpan {
  readonly from: number
  readonly to: number
}

/** One obligation as a line: what the rules gave, what a pre-report or a re-opening added, what went over. */
export interface ObligationLine {
  readonly window: LineSpan
  /** null = the limit was not moved. */
  readonly added: LineSpan | null
  /** null = met in time, or still running. */
  readonly over: LineSpan | null
  readonly marks: readonly LineMark[]
}

/** From the contract's instants. The end of the limit is one mark: that nothing had come by then, the bar shows. */
export function buildObligationLine(obligation: ObligationTimeline): ObligationLine {
  const [arisesAt, ruleDueAt, dueAt] = [obligation.arisesAt, obligation.ruleDueAt, obligation.dueAt].map((text) =>
    Date.parse(text),
  ) as [number, number, number]
  const { metAt, milestones, outcome, secondsLeft } = obligation
  const now = secondsLeft === null ? null : dueAt - secondsLeft * 1000
  const end = metAt === null ? now : Date.parse(metAt)
  const isOver = outcome === 'late' || outcome === 'missing'
  const marks = milestones.flatMap(({ at, kind, outcome: result, until }): LineMark[] => {
    if (kind === 'closed') return []
    const mark = { at: Date.parse(at), kind, isLate: result === 'late' }
    return kind === 'reopened' && until !== null
      ? [mark, { at: Date.parse(until), kind: 'until', isLate: false }]
      : [mark]
  })
  return {
    window: { from: arisesAt, to: ruleDueAt },
    added: dueAt > ruleDueAt ? { from: ruleDueAt, to: dueAt } : null,
    over: isOver && end !== null && end > dueAt ? { from: dueAt, to: end } : null,
    marks: [...marks, ...(now === null ? [] : [{ at: now, kind: 'now' as const, isLate: false }])].toSorted(
      (a, b) => a.at - b.at,
    ),
  }
}

export interface LineText {
  readonly time: string
  readonly name: string
}

export interface PlacedSpan {
  readonly x: number
  readonly width: number
}

export interface LineLayout {
  readonly height: number
  readonly axisY: number
  readonly ticks: readonly { readonly at: number; readonly x: number }[]
  readonly window: PlacedSpan
  readonly added: PlacedSpan | null
  readonly over: PlacedSpan | null
  readonly breaks: readonly number[]
  readonly marks: readonly {
    readonly mark: LineMark
    readonly text: LineText
    readonly x: number
    /** Top left corner of the label. */
    readonly labelX: number
    readonly labelY: number
  }[]
}

const MARGIN = 14
const AXIS_Y = 56
const LABEL_TOP = 12
const LANE_HEIGHT = 42
const TICK_GAP = 96
const TIME_SIZE = 14
const NAME_SIZE = 12

/** Where everything stands for a given width; px. What lies far from the limit of the rules is behind a break. */
export function layoutObligationLine(
  line: ObligationLine,
  width: number,
  textOf: (mark: LineMark) => LineText,
): LineLayout {
  const spans = [line.added, line.over].flatMap((span) => (span === null ? [] : [span.to]))
  const instants = [...line.marks.map(({ at }) => at), ...spans]
  const scale = buildTimeScale({ instants, core: line.window, width, margin: MARGIN })
  const texts = line.marks.map(textOf)
  const boxes = line.marks.map(({ at }, index) => ({
    x: scale.x(at),
    width: Math.max(
      estimateTextWidth(texts[index]?.time ?? '', TIME_SIZE),
      estimateTextWidth(texts[index]?.name ?? '', NAME_SIZE),
    ),
  }))
  const labels = placeLabels(boxes, width, 12)
  const lanes = Math.max(...labels.map(({ lane }) => lane)) + 1
  const toPlaced = ({ from, to }: LineSpan): PlacedSpan => ({
    x: scale.x(from),
    width: Math.max(2, scale.x(to) - scale.x(from)),
  })
  return {
    height: AXIS_Y + LABEL_TOP + lanes * LANE_HEIGHT,
    axisY: AXIS_Y,
    ticks: buildTicks(scale, TICK_GAP).map((at) => ({ at, x: scale.x(at) })),
    window: toPlaced(line.window),
    added: line.added === null ? null : toPlaced(line.added),
    over: line.over === null ? null : toPlaced(line.over),
    breaks: [scale.breakBefore, scale.breakAfter].filter((at) => at !== null),
    marks: line.marks.map((mark, index) => ({
      mark,
      text: texts[index] ?? { time: '', name: '' },
      x: scale.x(mark.at),
      labelX: labels[index]?.left ?? 0,
      labelY: AXIS_Y + LABEL_TOP + (labels[index]?.lane ?? 0) * LANE_HEIGHT,
    })),
  }
}
