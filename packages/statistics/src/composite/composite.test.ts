import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dominanceIntervals } from './dominance-intervals.ts'
import { expectedDeductions } from './expected-deductions.ts'

describe('dominanceIntervals', () => {
  const table = fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 7,
  })
  const weights = [0.5, 0.3, 0.2]

  it('hold the rank under any weights of the box', () => {
    const moves = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(table, moves, fc.double({ min: 0, max: 1, noNaN: true }), (rows, move, tolerance) => {
        const moved = weights.map((weight, k) => weight * (1 + tolerance * (move[k] ?? 0)))
        const scores = rows.map((row) => row.reduce((sum, value, k) => sum + value * (moved[k] ?? 0), 0))
        for (const [unit, { high, low }] of dominanceIntervals(rows, weights, tolerance).entries()) {
          const own = scores[unit] ?? 0
          expect(low).toBeLessThanOrEqual(1 + scores.filter((score) => score > own - 1e-9).length)
          expect(low - 1).toBeLessThanOrEqual(scores.filter((score) => score > own - 1e-9).length)
          expect(high).toBeGreaterThanOrEqual(1 + scores.filter((score) => score > own + 1e-9).length)
        }
      }),
    )
  })

  it('widen with the tolerance and do not depend on the scale of the weights', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const [narrow, wide] = [dominanceIntervals(rows, weights, 0.1), dominanceIntervals(rows, weights, 0.4)]
        for (const [unit, { high, low }] of narrow.entries()) {
          expect((wide[unit]?.low ?? 99) <= low && (wide[unit]?.high ?? 0) >= high).toBe(true)
        }
        expect(
          dominanceIntervals(
            rows,
            weights.map((weight) => 8 * weight),
            0.1,
          ),
        ).toEqual(narrow)
      }),
    )
  })

  it('leave ties open', () => {
    expect(dominanceIntervals([[1], [1], [0]], [1], 0)).toEqual([
      { low: 1, high: 2 },
      { low: 1, high: 2 },
      { low: 3, high: 3 },
    ])
    expect(dominanceIntervals([], [1], 0)).toEqual([])
  })
})

describe('expectedDeductions', () => {
  const deductionPerFault = [1, 3]

  it('make the same of a unit and of the same unit ten times over, but for what luck explains', () => {
    const small = {
      deductionPerFault,
      opportunities: [
        [10, 2],
        [10, 2],
      ],
      faults: [
        [2, 0],
        [0, 1],
      ],
    }
    const ten = (rows: number[][]): number[][] => rows.map((row) => row.map((count) => 10 * count))
    const large = { deductionPerFault, opportunities: ten(small.opportunities), faults: ten(small.faults) }
    const [one, many] = [expectedDeductions(small), expectedDeductions(large)]
    expect(many.ratio).toEqual(one.ratio)
    expect(many.z[0]).toBeCloseTo((one.z[0] ?? 0) * Math.sqrt(10), 10)
  })

  it('give the group as a whole a ratio of 1', () => {
    const row = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }))
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (opportunities) => {
        const faults = opportunities.map(([a, b]) => [a >> 1, b >> 2])
        const { D, E, shrunkRatio } = expectedDeductions({ deductionPerFault, opportunities, faults })
        const sum = (values: readonly (number | null)[]): number =>
          values.reduce<number>((all, value) => all + (value ?? 0), 0)
        expect(sum(E)).toBeCloseTo(sum(D), 8)
        expect(shrunkRatio.every((ratio) => Number.isFinite(ratio))).toBe(true)
      }),
    )
  })

  it('have no score for a unit without opportunity, and none for a class nobody met', () => {
    const found = expectedDeductions({
      deductionPerFault,
      opportunities: [
        [4, 0],
        [0, 0],
      ],
      faults: [
        [1, 0],
        [0, 0],
      ],
    })
    expect([found.pbar, found.D, found.rawScore]).toEqual([
      [0.25, null],
      [1, null],
      [99, null],
    ])
    expect([found.ratio[1], found.z[1], found.shrunkRatio[1], found.standardisedScore[1]]).toEqual([
      null,
      null,
      null,
      null,
    ])
    const nobody = expectedDeductions({ deductionPerFault, opportunities: [[0, 0]], faults: [[0, 0]] })
    expect([nobody.meanD, nobody.tau2]).toEqual([null, 0])
  })

  it('stay 1 where nobody made a fault', () => {
    const { ratio, shrunkRatio, z } = expectedDeductions({
      deductionPerFault,
      opportunities: [
        [4, 1],
        [9, 1],
      ],
      faults: [
        [0, 0],
        [0, 0],
      ],
    })
    expect([ratio, shrunkRatio, z]).toEqual([
      [1, 1],
      [1, 1],
      [0, 0],
    ])
  })
})
