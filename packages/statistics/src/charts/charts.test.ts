import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countsUpTo } from '../testing/arbitraries.ts'
import { proportionChart } from './proportion-chart.ts'
import { computeRuns } from './runs.ts'
import { markShifts, markTrends, markTwoOfThree } from './signals.ts'
import { xmrChart } from './xmr-chart.ts'

describe('the signals of a series', () => {
  it('shift: seven on one side, all of them, a point on the mean ends the run', () => {
    expect(markShifts([1, 1, 1, 1, 1, 1])).toEqual(Array.from({ length: 6 }, () => false))
    expect(markShifts([-1, 1, 1, 1, 1, 1, 1, 1, -1])).toEqual([false, ...Array.from({ length: 7 }, () => true), false])
    expect(markShifts([1, 1, 1, 0, 1, 1, 1, 1])).not.toContain(true)
    expect(markShifts([0, 0, 0, 0, 0, 0, 0, 0])).not.toContain(true)
  })

  it('trend: seven points each above, or below, the one before', () => {
    expect(markTrends([1, 2, 3, 4, 5, 6])).toEqual([0, 0, 0, 0, 0, 0])
    expect(markTrends([2, 1, 2, 3, 4, 5, 6, 7, 3])).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 0])
    expect(markTrends([7, 6, 5, 4, 3, 2, 1])).toEqual([-1, -1, -1, -1, -1, -1, -1])
    expect(markTrends([1, 2, 3, 3, 4, 5, 6, 7])).not.toContain(1)
    expect(markTrends([])).toEqual([])
  })

  it('two of three: only those beyond the near limit, and only with all three on one side', () => {
    expect(markTwoOfThree([true, false, true], [1, 1, 1])).toEqual([true, false, true])
    expect(markTwoOfThree([true, false, true], [1, -1, 1])).toEqual([false, false, false])
    expect(markTwoOfThree([true, false, false, true], [1, 1, 1, 1])).not.toContain(true)
  })
})

describe('xmrChart', () => {
  /** Moving ranges 2, 2, 2, 10, 10, 2, 2: mean 30/7; D₄ times it is 14. */
  const values = [10, 12, 10, 12, 22, 12, 10, 12]

  it('has limits 2.66 mean moving ranges from the mean', () => {
    const { lpl, mean, upl } = xmrChart(values)
    expect(mean[0]).toBe(12.5)
    expect(upl[0]).toBeCloseTo(12.5 + (2.66 * 30) / 7, 12)
    expect(lpl[7]).toBeCloseTo(12.5 - (2.66 * 30) / 7, 12)
  })

  it('leaves outlying ranges out once, unless told not to', () => {
    const jump = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 40, 39, 40]
    // Ranges: eleven of 1 and one of 38, which is above 3.267 × 49/12.
    expect((xmrChart(jump).upl[0] ?? 0) - (xmrChart(jump).mean[0] ?? 0)).toBeCloseTo(2.66, 12)
    const all = xmrChart(jump, { screenOutliers: false })
    expect((all.upl[0] ?? 0) - (all.mean[0] ?? 0)).toBeCloseTo((2.66 * 49) / 12, 12)
  })

  it('takes its limits from the first points where they are fixed, and anew in each phase', () => {
    const fixed = xmrChart([5, 7, 5, 7, 30, 31], { fixAfterNPoints: 4 })
    expect([fixed.mean[5], fixed.special[4], fixed.special[5]]).toEqual([6, 'Above UCL', 'Above UCL'])
    const phases = xmrChart([5, 7, 5, 7, 30, 32], { rebase: [0, 0, 0, 0, 1, 0] })
    expect(phases.mean).toEqual([6, 6, 6, 6, 31, 31])
    expect(phases.special).not.toContain('Above UCL')
  })

  it('tells improvement from concern by what is better', () => {
    const series = [...Array.from({ length: 12 }, (_, index) => 10 + (index % 2)), 30]
    const [up, down] = [xmrChart(series), xmrChart(series, { better: 'lower' })]
    expect(up.special[12]).toBe('Above UCL')
    expect([up.pointType[12], down.pointType[12]]).toEqual(['special_cause_improvement', 'special_cause_concern'])
  })

  it('tells a trend before a shift, and a shift by its side', () => {
    const rising = xmrChart([0, 4, 0, 4, 0, 4, 0, 0.5, 1, 1.5, 2, 2.5, 3])
    expect(rising.special.slice(6)).toEqual(Array.from({ length: 7 }, () => '7 Point Trend (Increasing)'))
    const both = xmrChart([0, 4, 0, 4, 0, 4, 0, 4, 3, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6])
    expect(both.special.slice(8)).toEqual(Array.from({ length: 7 }, () => '7 Point Trend (Increasing)'))
    const shifted = xmrChart([0, 2, 0, 2, 0, 2, 0, 2, 3, 2.2, 3, 2.2, 3, 2.2, 3, 0, 2])
    expect(shifted.special.slice(8, 15)).toEqual(Array.from({ length: 7 }, () => '7 Points Above CL'))
  })

  it('says whether the process reaches its target', () => {
    const assure = (target: number, better?: 'lower'): unknown =>
      xmrChart([10, 12, 10, 12], { target, ...(better && { better }) }).assurance
    expect([assure(20), assure(5), assure(11)]).toEqual(['consistent_fail', 'consistent_pass', 'inconsistent'])
    expect([assure(20, 'lower'), assure(5, 'lower')]).toEqual(['consistent_pass', 'consistent_fail'])
    expect(xmrChart([10, 12]).assurance).toBeNull()
  })

  it('has the mean as limits for a flat series, none for one point, nothing for none', () => {
    const flat = xmrChart([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])
    expect([flat.lpl[0], flat.upl[0]]).toEqual([flat.mean[0], flat.mean[0]])
    expect(new Set(flat.special)).toEqual(new Set(['Common Cause']))
    const single = xmrChart([4], { target: 3 })
    expect(single).toMatchObject({
      mean: [4],
      lpl: [null],
      upl: [null],
      outside: [null],
      assurance: null,
      isTrial: true,
    })
    expect(xmrChart([]).mean).toEqual([])
  })

  it('moves and stretches with its values', () => {
    const series = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(series, fc.integer({ min: -20, max: 20 }), (list, shift) => {
        const [own, moved] = [xmrChart(list), xmrChart(list.map((value) => 2 * value + shift))]
        expect(moved.special).toEqual(own.special)
        for (const [index, limit] of own.upl.entries())
          expect(moved.upl[index]).toBeCloseTo(2 * (limit ?? 0) + shift, 8)
      }),
    )
  })
})

describe('proportionChart', () => {
  it('draws exact limits as soon as one point expects fewer than five failures', () => {
    const large = Array.from({ length: 12 }, (_, index) => ({ part: 150 + (index % 3), whole: 200 }))
    expect(proportionChart(large)).toMatchObject({ basis: 'sigma', ucl: proportionChart(large).p.ucl })
    const small = [...large, { part: 9, whole: 10 }]
    expect(proportionChart(small)).toMatchObject({ basis: 'exact', lcl: proportionChart(small).exact.lcl })
  })

  it('keeps the place of a point that is not measured, and counts it for nothing', () => {
    const points = [3, 4, 2, 4].map((part) => ({ part, whole: 5 }))
    const gap = [...points.slice(0, 2), { part: 0, whole: 0 }, ...points.slice(2)]
    const [own, chart] = [proportionChart(points), proportionChart(gap)]
    expect([chart.shares[2], chart.lcl[2], chart.flagExact[2]]).toEqual([null, null, null])
    expect([chart.cl, chart.runs, chart.iprime.ucl[3]]).toEqual([own.cl, own.runs, own.iprime.ucl[2]])
  })

  it('flags by the exact tail', () => {
    const points = [...Array.from({ length: 20 }, () => ({ part: 19, whole: 20 })), { part: 9, whole: 20 }]
    const { flagExact } = proportionChart(points)
    expect([flagExact[0], flagExact[20]]).toEqual(['in', 'low_alarm'])
  })

  it('holds only numbers where all are perfect, none is measured, or there is none', () => {
    fc.assert(
      fc.property(fc.array(countsUpTo(12), { maxLength: 8 }), fc.boolean(), (points, isPerfect) => {
        const chart = proportionChart(isPerfect ? points.map(({ whole }) => ({ part: whole, whole })) : points)
        const limits = [chart, chart.exact, chart.p, chart.pprime, chart.iprime].flatMap(({ lcl, ucl }) => [
          ...lcl,
          ...ucl,
        ])
        expect(limits.every((limit) => limit === null || Number.isFinite(limit))).toBe(true)
      }),
    )
    expect(proportionChart([]).cl).toBeNull()
    expect(proportionChart([{ part: 0, whole: 0 }]).cl).toBeNull()
  })
})

describe('computeRuns', () => {
  it('sees a shift in the middle of a series', () => {
    const level = (value: number): number[] => Array.from({ length: 10 }, (_, index) => value + (index % 3))
    expect(computeRuns([...level(0), ...level(10)])).toMatchObject({ longestRun: 10, longestRunMax: 7, isSignal: true })
  })

  it('sees a series that crosses its median too seldom, though no run is long', () => {
    const stretch = (length: number, value: number): number[] =>
      Array.from({ length }, (_, index) => value + index / 10)
    const values = [
      [4, 9],
      [3, 1],
      [3, 9],
      [4, 1],
      [3, 9],
      [3, 1],
    ].flatMap(([length = 0, value = 0]) => stretch(length, value))
    expect(computeRuns(values)).toMatchObject({ longestRun: 4, crossings: 5, crossingsMin: 6, isSignal: true })
  })

  it('counts only what is off the median', () => {
    expect(computeRuns([1, 1, 1])).toMatchObject({ nUseful: 0, isSignal: false })
    expect(computeRuns([1, 3, 2, 1, 3])).toMatchObject({ nUseful: 4, longestRun: 1, crossings: 3 })
    expect(computeRuns([])).toMatchObject({ nUseful: 0, isSignal: false })
  })
})
