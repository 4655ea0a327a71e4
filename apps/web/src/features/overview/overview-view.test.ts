import { describe, expect, it } from 'vitest'
import {
  buildExtremes,
  buildOverviewHeadline,
  computePointsDifference,
  countMisreports,
  lowestAxisShare,
  shareTicks,
} from './overview-view.ts'
import { makeChange, makeGroup, makeOverview, makeOverviewUnit } from './testing/make-overview.ts'

describe('buildOverviewHeadline', () => {
  it('sets the share of the quarter beside that of the quarter before', () => {
    expect(buildOverviewHeadline(makeOverview())).toEqual({
      kind: 'compared',
      now: { part: 648, whole: 722 },
      previous: { part: 602, whole: 684 },
    })
  })

  it('compares with nothing where the quarter before owed nothing', () => {
    const timeliness = { ...makeOverview().timeliness, previous: { part: 0, whole: 0 } }
    expect(buildOverviewHeadline(makeOverview({ timeliness }))).toMatchObject({ kind: 'first_quarter' })
  })

  it('tells a quarter that owed nothing from one whose reports are not due yet', () => {
    const timeliness = { ...makeOverview().timeliness, now: { part: 0, whole: 0 } }
    expect(buildOverviewHeadline(makeOverview({ timeliness }))).toEqual({ kind: 'nothing_owed' })
    expect(buildOverviewHeadline(makeOverview({ timeliness, notYetDue: 2 }))).toEqual({
      kind: 'all_not_due',
      notYetDue: 2,
    })
  })
})

describe('computePointsDifference', () => {
  it('is the difference of the shares in points of a percentage', () => {
    expect(computePointsDifference({ part: 9, whole: 10 }, { part: 8, whole: 10 })).toBeCloseTo(10)
  })

  it('is nothing where one of the shares has nothing to be a share of', () => {
    expect(computePointsDifference({ part: 0, whole: 0 }, { part: 8, whole: 10 })).toBeNull()
  })
})

describe('buildExtremes', () => {
  it('says how many ranked units stand between the two ends', () => {
    expect(buildExtremes(makeGroup()).middle).toBe(21)
  })

  it('shows a unit once when the two ends meet', () => {
    const group = makeGroup({
      rankedCount: 3,
      top: [1, 2, 3].map((rank) => makeOverviewUnit(rank)),
      bottom: [2, 3].map((rank) => makeOverviewUnit(rank)),
    })
    expect(buildExtremes(group)).toMatchObject({ middle: 0, bottom: [] })
  })
})

describe('lowestAxisShare', () => {
  it('steps down by quarters until every share fits', () => {
    expect(lowestAxisShare([makeChange()])).toBe(0.5)
    expect(
      lowestAxisShare([makeChange({ timeliness: { part: 1, whole: 1 }, previousTimeliness: { part: 9, whole: 10 } })]),
    ).toBe(0.75)
    expect(lowestAxisShare([])).toBe(0.75)
  })
})

describe('shareTicks', () => {
  it.each([
    [0.75, [0.75, 1]],
    [0.25, [0.25, 0.5, 0.75, 1]],
    [0, [0, 0.5, 1]],
  ])('starts at %d and ends at 1', (low, ticks) => {
    expect(shareTicks(low)).toEqual(ticks)
  })
})

describe('countMisreports', () => {
  it('adds up the kinds', () => {
    expect(countMisreports(makeOverview())).toBe(2)
  })
})
