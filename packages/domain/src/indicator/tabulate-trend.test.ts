import { describe, expect, it } from 'vitest'
import { tabulateTrend, type TrendInput } from './tabulate-trend.ts'

const points = (parts: readonly number[], whole: number, breaks: readonly number[] = []): TrendInput[] =>
  parts.map((part, index) => ({ part, whole, isBreak: breaks.includes(index) }))

describe('a unit’s series', () => {
  it('has exact limits of each point where one expects fewer than five failures', () => {
    const { phases, points: rows } = tabulateTrend(points([9, 10, 9, 10, 9, 10, 9, 10, 9, 10, 9, 3], 10))
    expect(phases).toEqual([
      {
        measuredCount: 12,
        center: expect.closeTo(107 / 120, 12) as number,
        basis: 'exact',
        isTrial: false,
        hasRun: false,
      },
    ])
    expect(rows[11]?.signal).toBe('low_alarm')
    // A perfect month is no signal although the interpolated line lies below it.
    expect(rows[1]?.signal).toBeNull()
    expect(rows[1]?.high).toBeLessThan(1)
  })

  it('has XmR limits and signals where twelve points each expect five failures and successes', () => {
    expect(tabulateTrend(points([150, 154, 150, 154, 150, 100], 200)).phases[0]?.basis).toBe('exact')
    const steady = Array.from({ length: 12 }, (_, index) => 150 + (index % 2) * 4)
    expect(tabulateTrend(points(steady, 200))).toMatchObject({
      phases: [{ basis: 'xmr', center: expect.closeTo(0.76, 12) as number, isTrial: false }],
    })
    const last = (parts: readonly number[]) => tabulateTrend(points(parts, 200)).points.at(-1)?.signal
    expect([last([...steady, 100]), last([...steady, 195])]).toEqual(['below_limit', 'above_limit'])
    const level = Array.from({ length: 12 }, (_, index) => 140 + (index % 2) * 24)
    expect(last([...level, 146, 148, 150, 152, 154, 156, 158])).toBe('rising')
    expect(last([...level, 158, 156, 154, 152, 150, 148, 146])).toBe('falling')
    const shift = [164, 140, 164, 140, 164, 140, 164, 140, 164, 140, 166, 165, 166, 165, 166, 165, 166]
    expect([last(shift), last(shift.map((part) => 304 - part))]).toEqual(['shift_high', 'shift_low'])
    const near = [150, 154, 150, 154, 150, 154, 150, 154, 150, 154, 154, 161, 161]
    expect([last(near), last(near.map((part) => 304 - part))]).toEqual(['near_high', 'near_low'])
  })

  it('begins anew at a break, and keeps the place of a point without an opportunity', () => {
    const { phases, points: rows } = tabulateTrend([
      ...points([4, 5, 4], 5),
      { part: 0, whole: 0, isBreak: false },
      ...points([1, 2], 5, [0]),
    ])
    expect(phases.map(({ center, measuredCount }) => [center, measuredCount])).toEqual([
      [13 / 15, 3],
      [0.3, 2],
    ])
    expect(rows.map(({ phase }) => phase)).toEqual([0, 0, 0, 0, 1, 1])
    expect(rows[3]).toEqual({ part: 0, whole: 0, share: null, phase: 0, low: null, high: null, signal: null })
  })

  it('has no limits for one point, nothing for none, and no signal where all is perfect', () => {
    expect(tabulateTrend(points([3], 4))).toMatchObject({
      points: [{ share: 0.75, low: null, high: null, signal: null }],
      phases: [{ basis: 'exact', isTrial: true, hasRun: false }],
    })
    expect(tabulateTrend([])).toEqual({ points: [], phases: [] })
    expect(tabulateTrend(points([0, 0], 0)).phases[0]).toMatchObject({ center: null, measuredCount: 0 })
    const perfect = tabulateTrend(points([6, 6, 6], 6))
    expect(perfect.points.map(({ high, low, signal }) => [low, high, signal])).toEqual([
      [1, 1, null],
      [1, 1, null],
      [1, 1, null],
    ])
  })

  it('says that a unit changed sides for good', () => {
    const halves = [9, 9, 8, 9, 9, 9, 8, 9, 6, 6, 7, 6, 6, 7, 6, 6]
    expect(tabulateTrend(points(halves, 10)).phases[0]?.hasRun).toBe(true)
  })
})
