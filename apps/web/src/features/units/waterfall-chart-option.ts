import type { EChartsCoreOption } from 'echarts/core'
import type { CustomSeriesOption } from 'echarts/charts'
import { estimateTextWidth } from '../../ui/timeline/label-lanes.ts'
import { buildScoreAxis, type WaterfallStep } from './waterfall.ts'

/** Texts of one line of the chart, already in the reader's language. */
export interface WaterfallLine {
  readonly name: string
  /** 满分 30, 媒体采用, 良好; empty = nothing. */
  readonly note: string
  readonly own: string
  readonly group: string
}

export interface WaterfallColors {
  readonly ink: string
  readonly inkSoft: string
  readonly loss: string
  readonly gain: string
  readonly link: string
  readonly grid: string
}

export interface WaterfallChartInput {
  readonly steps: readonly WaterfallStep[]
  readonly lines: readonly WaterfallLine[]
  /** `group` null = no column of means. */
  readonly headings: { readonly own: string; readonly group: string | null }
  /** The chart in one sentence, for those who cannot see it. */
  readonly description: string
  readonly colors: WaterfallColors
  /** Narrow screens drop the notes beside the names. */
  readonly isNarrow: boolean
}

const BAR_HEIGHT = 16
type RenderItem = NonNullable<CustomSeriesOption['renderItem']>

/** Horizontal, from the full score down, with a labelled axis that need not start at 0: only differences are barred. */
export function waterfallChartOption(input: WaterfallChartInput): EChartsCoreOption {
  const { steps, lines, headings, colors, isNarrow } = input
  const axis = buildScoreAxis(steps)
  const names = lines.map((line) => line.name)
  const widest = (texts: readonly string[], size: number): number =>
    Math.max(0, ...texts.map((text) => estimateTextWidth(text, size)))
  const nameWidth = widest(names, 13) + 14
  const labelWidth =
    nameWidth +
    (isNarrow
      ? 0
      : widest(
          lines.map((line) => line.note),
          12,
        ) + 14)
  const columnWidth = Math.max(isNarrow ? 48 : 64, widest([headings.own, headings.group ?? ''], 12) + 8)
  const column = (index: 0 | 1, name: string, texts: readonly string[], isOwn: boolean) => ({
    type: 'category',
    inverse: true,
    position: 'right',
    offset: index * columnWidth,
    data: texts,
    name,
    nameLocation: 'start',
    nameGap: 8,
    nameMoveOverlap: false,
    nameTextStyle: { color: colors.inkSoft, fontSize: 12, align: 'right', padding: [0, -columnWidth, 0, 0] },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      interval: 0,
      align: 'right',
      margin: columnWidth,
      color: isOwn ? (_: string, line: number) => ownColor(steps[line], colors) : colors.inkSoft,
      fontSize: isOwn ? 13 : 12,
      fontWeight: isOwn ? 600 : 400,
    },
  })
  return {
    animation: false,
    aria: { enabled: true, label: { description: input.description }, decal: { show: false } },
    grid: { left: labelWidth, right: columnWidth * (headings.group === null ? 1 : 2) + 4, top: 28, bottom: 6 },
    xAxis: {
      type: 'value',
      position: 'top',
      min: axis.min,
      max: axis.max,
      interval: isNarrow ? axis.max - axis.min : axis.interval,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: colors.inkSoft, fontSize: 12 },
      splitLine: { lineStyle: { color: colors.grid } },
    },
    yAxis: [
      {
        type: 'category',
        inverse: true,
        data: names,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          interval: 0,
          align: 'left',
          margin: labelWidth,
          formatter: (name: string, line: number) =>
            isNarrow || !lines[line]?.note ? `{name|${name}}` : `{name|${name}} {note|${lines[line].note}}`,
          rich: {
            name: { color: colors.ink, fontSize: 13, width: nameWidth - 4, align: 'left' },
            note: { color: colors.inkSoft, fontSize: 12 },
          },
        },
      },
      column(
        0,
        headings.own,
        lines.map((line) => line.own),
        true,
      ),
      ...(headings.group === null
        ? []
        : [
            column(
              1,
              headings.group,
              lines.map((line) => line.group),
              false,
            ),
          ]),
    ],
    series: [
      {
        type: 'custom',
        silent: true,
        renderItem: renderStep(steps, colors),
        encode: { x: [1, 2], y: 0 },
        data: steps.map((step, index) => [index, step.from, step.to]),
      },
    ],
  }
}

function ownColor(step: WaterfallStep | undefined, colors: WaterfallColors): string {
  if (step === undefined || step.kind === 'start' || step.kind === 'score') return colors.ink
  if (step.kind === 'bonus') return step.counted > 0 ? colors.gain : colors.inkSoft
  return step.counted > 0 ? colors.loss : colors.inkSoft
}

/** A dot for the first and last line, a bar for what a step took or gave, a tick where it took nothing; all linked. */
function renderStep(steps: readonly WaterfallStep[], colors: WaterfallColors): RenderItem {
  return (params, api) => {
    const step = steps[params.dataIndex]
    if (step === undefined) return null
    const [x1 = 0, y = 0] = api.coord([step.from, params.dataIndex])
    const [x2 = 0] = api.coord([step.to, params.dataIndex])
    const [, nextY = y] = params.dataIndex + 1 < steps.length ? api.coord([step.to, params.dataIndex + 1]) : [x2, y]
    const link = {
      type: 'line' as const,
      shape: { x1: x2, y1: y - BAR_HEIGHT / 2, x2, y2: nextY + (nextY > y ? BAR_HEIGHT / 2 : 0) },
      style: { stroke: colors.link, lineWidth: 1 },
    }
    if (step.kind === 'start' || step.kind === 'score') {
      const dot = { type: 'circle' as const, shape: { cx: x2, cy: y, r: 4.5 }, style: { fill: colors.ink } }
      return {
        type: 'group',
        children: step.kind === 'start' ? [{ ...link, shape: { ...link.shape, y1: y } }, dot] : [dot],
      }
    }
    const bar = {
      type: 'rect' as const,
      shape: {
        x: Math.min(x1, x2),
        y: y - BAR_HEIGHT / 2,
        width: Math.max(Math.abs(x2 - x1), step.from === step.to ? 0 : 1),
        height: BAR_HEIGHT,
      },
      style: { fill: step.to < step.from ? colors.loss : colors.gain },
    }
    return { type: 'group', children: [link, bar] }
  }
}
