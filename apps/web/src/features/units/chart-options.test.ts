import { describe, expect, it } from 'vitest'
import { makeUnitPage } from './testing/make-unit-page.ts'
import { buildTrendAxis, isLabelBelow, onTimeShare, trendChartOption, type TrendPoint } from './trend-chart-option.ts'
import { buildWaterfall } from './waterfall.ts'
import { waterfallChartOption } from './waterfall-chart-option.ts'

const steps = buildWaterfall(makeUnitPage()) ?? []
const colors = { ink: '#1', inkSoft: '#2', loss: '#3', gain: '#4', link: '#5', grid: '#6', own: '#7', peers: '#8' }

function waterfall(isNarrow: boolean, group: string | null = '组平均') {
  return waterfallChartOption({
    steps,
    lines: steps.map((step) => ({
      name: step.kind,
      note: '满分',
      own: String(step.counted),
      group: String(step.groupMean),
    })),
    headings: { own: '本单位', group },
    description: '由 100 分扣至 87.5 分',
    colors,
    isNarrow,
  })
}

describe('waterfallChartOption', () => {
  it('draws each step from where the one before ended', () => {
    expect(waterfall(false).series).toMatchObject([
      {
        type: 'custom',
        data: [
          [0, 100, 100],
          [1, 100, 93],
          [2, 93, 90],
          [3, 90, 90],
          [4, 90, 87],
          [5, 87, 86.5],
          [6, 86.5, 87.5],
          [7, 87.5, 87.5],
        ],
      },
    ])
  })

  it('labels the axis, because it does not start at 0', () => {
    expect(waterfall(false).xAxis).toMatchObject({ min: 85, max: 100, interval: 5, position: 'top' })
    expect(waterfall(true).xAxis).toMatchObject({ min: 85, max: 100, interval: 15 })
  })

  it('puts the own points and the mean of the group beside the bars', () => {
    expect(waterfall(false).yAxis).toMatchObject([
      { data: steps.map((step) => step.kind) },
      { name: '本单位', data: ['0', '7', '3', '0', '3', '0.5', '1', '87.5'] },
      { name: '组平均', data: ['null', '-2.8', '-2.7', '-0.4', '-2.8', '-0.3', '0.2', '91.2'] },
    ])
  })

  it('has no column of means where they are hidden', () => {
    expect(waterfall(false, null).yAxis).toHaveLength(2)
  })

  it('says in a sentence what it shows', () => {
    expect(waterfall(false).aria).toMatchObject({ enabled: true, label: { description: '由 100 分扣至 87.5 分' } })
  })
})

describe('trendChartOption', () => {
  const points: TrendPoint[] = [
    { quarter: '一季度', own: 90, group: 90.6, label: '90', isBroken: false },
    { quarter: '二季度', own: null, group: null, label: '', isBroken: false },
    { quarter: '三季度', own: 87.5, group: 91.2, label: '87.5', isBroken: false },
  ]

  it('leaves a gap where the unit was not measured', () => {
    const option = trendChartOption({
      points,
      names: { own: '本单位', group: '组平均' },
      description: '',
      colors,
      isPercent: false,
    })
    const [group, own] = option.series as { data: unknown[] }[]
    expect(group?.data).toEqual([90.6, '-', 91.2])
    expect(own?.data).toMatchObject([{ value: 90 }, { value: '-', label: { show: false } }, { value: 87.5 }])
  })

  it('cuts the line where the unit is no longer the same, and names it once', () => {
    const whole = [90, 88, 86, 91].map((own, index) => ({
      quarter: String(index),
      own,
      group: null,
      label: String(own),
      isBroken: index === 2,
    }))
    const names = { own: '本单位', group: null }
    const option = trendChartOption({ points: whole, names, description: '', colors, isPercent: false })
    const runs = option.series as { data: { value: unknown }[]; endLabel: { show: boolean } }[]
    expect(runs.map(({ data }) => data.map(({ value }) => value))).toEqual([
      [90, 88, '-', '-'],
      ['-', '-', 86, 91],
    ])
    expect(runs.map(({ endLabel }) => endLabel.show)).toEqual([false, true])
  })

  it('draws no line of the group where there is none', () => {
    const option = trendChartOption({
      points,
      names: { own: '本单位', group: null },
      description: '',
      colors,
      isPercent: true,
    })
    expect(option.series).toHaveLength(1)
  })

  it.each([
    [points, false, { min: 85, max: 100, interval: 5 }],
    [
      [{ quarter: '', own: 0.846, group: null, label: '', isBroken: false }],
      true,
      { min: 0.8, max: 1, interval: 0.05 },
    ],
    [[{ quarter: '', own: 0, group: null, label: '', isBroken: false }], true, { min: 0, max: 1, interval: 0.25 }],
    [[{ quarter: '', own: 103, group: 92, label: '', isBroken: false }], false, { min: 90, max: 105, interval: 5 }],
    [[], false, { min: 90, max: 100, interval: 5 }],
  ])('holds every point between round values (%#)', (list, isPercent, axis) => {
    expect(buildTrendAxis(list, isPercent)).toEqual(axis)
  })
})

describe('isLabelBelow', () => {
  const at = (own: number | null, group: number | null = null): TrendPoint => ({
    quarter: '',
    own,
    group,
    label: '',
    isBroken: false,
  })

  it('keeps the figure away from the line of the group', () => {
    expect(isLabelBelow([at(87.5, 91.2)], 0)).toBe(true)
    expect(isLabelBelow([at(93, 91.2)], 0)).toBe(false)
  })

  it('keeps the figure away from the own line', () => {
    const points = [at(0.9), at(0.8), at(0.95), at(null)]
    expect(points.map((_, index) => isLabelBelow(points, index))).toEqual([false, true, false, false])
  })
})

describe('onTimeShare', () => {
  it('leaves reports that are not yet due out of the share', () => {
    expect(onTimeShare({ onTime: 3, late: 1, missing: 0, notYetDue: 5, owed: 9 })).toBe(0.75)
  })

  it('is nothing where nothing was due', () => {
    expect(onTimeShare({ onTime: 0, late: 0, missing: 0, notYetDue: 2, owed: 2 })).toBeNull()
  })
})
