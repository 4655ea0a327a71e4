import { describe, expect, it } from 'vitest'
import { makeUnitPage } from './testing/make-unit-page.ts'
import { buildScoreAxis, buildWaterfall, findMainLoss, hasMeanGap, isCapped } from './waterfall.ts'

function steps(page: ReturnType<typeof makeUnitPage>) {
  const built = buildWaterfall(page)
  if (built === null) throw new Error('no waterfall')
  return built
}

describe('buildWaterfall', () => {
  it('runs from 100 down to the score, one step a dimension, then the bonus', () => {
    expect(steps(makeUnitPage()).map((step) => [step.kind, step.from, step.to])).toEqual([
      ['start', 100, 100],
      ['timeliness', 100, 93],
      ['completeness', 93, 90],
      ['truthfulness', 90, 90],
      ['discipline', 90, 87],
      ['filing', 87, 86.5],
      ['bonus', 86.5, 87.5],
      ['score', 87.5, 87.5],
    ])
  })

  it('keeps every running score free of the dust of binary fractions', () => {
    const page = makeUnitPage()
    const dimensions = { timeliness: 29.9, completeness: 19.4, truthfulness: 20, discipline: 19.55, filing: 10 }
    const row = { ...page.row!, dimensions, bonus: 0.1, score: 98.95 }
    expect(steps({ ...page, row }).map((step) => step.to)).toEqual([100, 99.9, 99.3, 99.3, 98.85, 98.85, 98.95, 98.95])
  })

  it('counts only what the dimension had to lose where it stopped at 0', () => {
    const page = makeUnitPage()
    const row = {
      ...page.row!,
      dimensions: { ...page.row!.dimensions, discipline: 0 },
      lost: { ...page.row!.lost, discipline: 26 },
    }
    const step = steps({ ...page, row }).find((each) => each.kind === 'discipline')!
    expect([step.listed, step.counted, isCapped(step)]).toEqual([26, 20, true])
  })

  it('counts the bonus up to its cap', () => {
    const page = makeUnitPage({ bonusBeforeCap: 8 })
    const step = steps({ ...page, row: { ...page.row!, bonus: 5 } }).find((each) => each.kind === 'bonus')!
    expect([step.listed, step.counted, isCapped(step)]).toEqual([8, 5, true])
  })

  it('has none for a unit that was not measured or stands in no table', () => {
    const page = makeUnitPage()
    expect(buildWaterfall({ ...page, row: null })).toBeNull()
    expect(buildWaterfall({ ...page, row: { ...page.row!, score: null, rank: null, grade: null } })).toBeNull()
  })
})

describe('buildScoreAxis', () => {
  it('holds every running score and the mean of the group in round steps', () => {
    expect(buildScoreAxis(steps(makeUnitPage()))).toEqual({ min: 85, max: 100, interval: 5 })
  })

  it('widens for a bonus above 100', () => {
    const page = makeUnitPage({ groupMeanScore: 99 })
    const full = { ...page.row!, dimensions: page.base, bonus: 5, score: 105 }
    expect(buildScoreAxis(steps({ ...page, row: full }))).toEqual({ min: 98, max: 106, interval: 2 })
  })

  it('is not empty when nothing was lost', () => {
    const page = makeUnitPage({ groupMeanScore: 100 })
    const axis = buildScoreAxis(steps({ ...page, row: { ...page.row!, dimensions: page.base, bonus: 0, score: 100 } }))
    expect(axis.max).toBeGreaterThan(axis.min)
  })
})

describe('hasMeanGap', () => {
  it('is false while the means add up to the mean score', () => {
    expect(hasMeanGap(steps(makeUnitPage()))).toBe(false)
  })

  it('is true when a dimension of someone stopped at 0', () => {
    expect(hasMeanGap(steps(makeUnitPage({ groupMeanScore: 93.5 })))).toBe(true)
  })
})

describe('findMainLoss', () => {
  it('names the dimension that cost most of what was lost', () => {
    expect(findMainLoss(makeUnitPage())).toEqual({ dimension: 'timeliness', lost: 7, total: 13.5 })
  })

  it('names none when nothing was lost', () => {
    const page = makeUnitPage()
    expect(findMainLoss({ ...page, row: { ...page.row!, dimensions: page.base } })).toBeNull()
  })
})
