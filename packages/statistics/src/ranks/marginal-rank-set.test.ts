import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RankSet } from './rank-set.ts'
import { createRandom } from '../random/random.ts'
import { sampleNormal } from '../sampling/normal.ts'
import { countsUpTo, estimate } from '../testing/arbitraries.ts'
import { marginalCriticalValue } from './marginal-critical-value.ts'
import { marginalRankSet } from './marginal-rank-set.ts'
import { rankSets } from './rank-sets.ts'
import { rankSetsNormal } from './rank-sets-normal.ts'

function expectWithin(inner: RankSet | null | undefined, outer: RankSet | null | undefined): void {
  expect(inner?.low).toBeGreaterThanOrEqual(outer?.low ?? Infinity)
  expect(inner?.high).toBeLessThanOrEqual(outer?.high ?? -Infinity)
}

describe('marginalRankSet', () => {
  it('lies within the simultaneous set of shares', () => {
    fc.assert(
      fc.property(fc.array(countsUpTo(80, 1), { minLength: 2, maxLength: 10 }), (units) => {
        expectWithin(marginalRankSet(units, 0, { level: 0.9 }), rankSets(units, { level: 0.9 })[0])
      }),
    )
  })

  it('lies within the simultaneous set of scores', () => {
    fc.assert(
      fc.property(fc.array(estimate, { minLength: 2, maxLength: 8 }), (units) => {
        expectWithin(marginalRankSet(units, 0, { level: 0.9 }), rankSetsNormal(units, { level: 0.9 })[0])
      }),
      { numRuns: 25 },
    )
  })

  it('is mirrored for lower is better', () => {
    const scores = [9, 5, 4, 1].map((value) => ({ value, standardError: 0.5 }))
    expect(marginalRankSet(scores, 0, { level: 0.95 })).toEqual({ low: 1, high: 1 })
    expect(marginalRankSet(scores, 0, { level: 0.95, better: 'lower' })).toEqual({ low: 4, high: 4 })
    const shares = [90, 50, 48, 10].map((part) => ({ part, whole: 100 }))
    expect(marginalRankSet(shares, 3, { level: 0.95 })).toEqual({ low: 4, high: 4 })
    expect(marginalRankSet(shares, 3, { level: 0.95, better: 'lower' })).toEqual({ low: 1, high: 1 })
  })

  it('knows who is not measured and who is alone', () => {
    const shares = [
      { part: 0, whole: 0 },
      { part: 3, whole: 9 },
    ]
    expect(marginalRankSet(shares, 0, { level: 0.95 })).toBeNull()
    expect(marginalRankSet(shares, 1, { level: 0.95 })).toEqual({ low: 1, high: 1 })
    expect(marginalRankSet([{ value: 2, standardError: 1 }], 0, { level: 0.95 })).toEqual({ low: 1, high: 1 })
  })

  it('holds the true rank as often as it says', () => {
    const random = createRandom('marginal')
    const errors = [1, 2, 0.5, 1.5, 1, 3]
    let held = 0
    const runs = 400
    for (let run = 0; run < runs; run += 1) {
      // All six alike but for errors: every declaration about the first is an error.
      const units = errors.map((standardError) => ({ value: standardError * sampleNormal(random), standardError }))
      const set = marginalRankSet(units, 0, { level: 0.8 })
      held += set?.low === 1 && set.high === 6 ? 1 : 0
    }
    // 80 % exactly; three standard deviations of the count.
    expect(Math.abs(held / runs - 0.8)).toBeLessThan(3 * Math.sqrt((0.8 * 0.2) / runs))
  })
})

it('is the normal quantile for one statement, and Dunnett’s for equal errors', () => {
  const own = { value: 0, standardError: 1 }
  const one = [{ standardError: 2, isAboveOpen: true, isBelowOpen: false }]
  expect(marginalCriticalValue(own, one, 0.95)).toBeCloseTo(1.644_853_627, 8)
  // C. W. Dunnett, Biometrics 20 (1964), two-sided 5 %, infinite degrees of freedom, three and nine treatments.
  const against = (count: number): number =>
    marginalCriticalValue(
      own,
      Array.from({ length: count }, () => ({ standardError: 1, isAboveOpen: true, isBelowOpen: true })),
      0.95,
    )
  expect(against(3)).toBeCloseTo(2.35, 2)
  expect(against(9)).toBeCloseTo(2.69, 2)
})
