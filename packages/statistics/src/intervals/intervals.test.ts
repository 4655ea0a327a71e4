import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countsUpTo, level } from '../testing/arbitraries.ts'
import { clopperPearsonInterval } from './clopper-pearson-interval.ts'
import { jeffreysInterval } from './jeffreys-interval.ts'
import { newcombeDifference } from './newcombe-difference.ts'
import { wilsonInterval } from './wilson-interval.ts'

const measured = countsUpTo(2_000, 1)

describe.each([
  ['Wilson', wilsonInterval],
  ['Clopper–Pearson', clopperPearsonInterval],
  ['Jeffreys', jeffreysInterval],
] as const)('the interval of %s', (_, interval) => {
  it('holds the share and lies within 0 and 1', () => {
    fc.assert(
      fc.property(measured, level, (counts, atLevel) => {
        const { high, low } = interval(counts, atLevel)
        const share = counts.part / counts.whole
        expect(low >= 0 && low <= share && share <= high && high <= 1).toBe(true)
      }),
    )
  })

  it('reaches the end, and only there, where all or none succeeded', () => {
    expect(interval({ part: 0, whole: 9 }, 0.95).low).toBe(0)
    expect(interval({ part: 9, whole: 9 }, 0.95).high).toBe(1)
    expect(interval({ part: 0, whole: 9 }, 0.95).high).toBeGreaterThan(0.1)
    expect(interval({ part: 9, whole: 9 }, 0.95).low).toBeLessThan(0.9)
  })

  it('is the mirror of the interval of the failures', () => {
    fc.assert(
      fc.property(measured, level, ({ part, whole }, atLevel) => {
        const own = interval({ part, whole }, atLevel)
        const mirrored = interval({ part: whole - part, whole }, atLevel)
        expect(own.low).toBeCloseTo(1 - mirrored.high, 10)
      }),
    )
  })

  it('grows with the level and moves up with the share', () => {
    fc.assert(
      fc.property(countsUpTo(300, 2), level, level, ({ part, whole }, a, b) => {
        const [narrow, wide] = [interval({ part, whole }, Math.min(a, b)), interval({ part, whole }, Math.max(a, b))]
        expect(wide.low <= narrow.low + 1e-12 && wide.high >= narrow.high - 1e-12).toBe(true)
        const more = interval({ part: Math.min(whole, part + 1), whole }, a)
        const own = interval({ part, whole }, a)
        expect(more.low >= own.low - 1e-12 && more.high >= own.high - 1e-12).toBe(true)
      }),
    )
  })

  it('is everything for a share that is not measured', () => {
    expect(interval({ part: 0, whole: 0 }, 0.95)).toEqual({ low: 0, high: 1 })
  })
})

it('covers at least as often as it says, whatever the share: Clopper–Pearson', () => {
  const whole = 23
  const intervals = Array.from({ length: whole + 1 }, (_, part) => clopperPearsonInterval({ part, whole }, 0.9))
  for (let share = 0.005; share < 1; share += 0.01) {
    let mass = (1 - share) ** whole
    let covered = 0
    for (const [part, { high, low }] of intervals.entries()) {
      if (low <= share && share <= high) covered += mass
      mass *= ((whole - part) / (part + 1)) * (share / (1 - share))
    }
    expect(covered).toBeGreaterThanOrEqual(0.9)
  }
})

describe('newcombeDifference', () => {
  it('changes its sign with the order of the two, holds the difference and stays within −1 and 1', () => {
    fc.assert(
      fc.property(measured, measured, level, (a, b, atLevel) => {
        const { high, low } = newcombeDifference(a, b, atLevel)
        const swapped = newcombeDifference(b, a, atLevel)
        expect(low).toBeCloseTo(-swapped.high, 10)
        const difference = a.part / a.whole - b.part / b.whole
        expect(low >= -1 && low <= difference && difference <= high && high <= 1).toBe(true)
      }),
    )
  })

  it('is everything when one of the two is not measured', () => {
    expect(newcombeDifference({ part: 0, whole: 0 }, { part: 3, whole: 4 }, 0.95)).toEqual({ low: -1, high: 1 })
    expect(newcombeDifference({ part: 3, whole: 4 }, { part: 0, whole: 0 }, 0.95)).toEqual({ low: -1, high: 1 })
  })
})
