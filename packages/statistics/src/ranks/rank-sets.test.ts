import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Counts } from '../input/counts.ts'
import { createRandom } from '../random/random.ts'
import { sampleBinomial } from '../sampling/binomial.ts'
import { countsUpTo, estimate, shuffled } from '../testing/arbitraries.ts'
import { fisherOneSided } from './fisher-one-sided.ts'
import { rejectByHolm } from './holm.ts'
import type { RankSet } from './rank-set.ts'
import { rankSets } from './rank-sets.ts'
import { rankSetsNormal } from './rank-sets-normal.ts'

const group = fc.array(countsUpTo(60, 1), { minLength: 1, maxLength: 14 })

/** Every ordered pair by itself, in the order of the p-values. */
function oneByOne(units: readonly Counts[], level: number): RankSet[] {
  const pairs = units.flatMap((a, over) =>
    units.flatMap((b, under) => (over === under ? [] : [{ over, under, p: fisherOneSided(a, b), weight: 1 }])),
  )
  const declared = rejectByHolm(pairs, { alpha: 1 - level, total: pairs.length })
  return units.map((_, unit) => ({
    low: 1 + declared.filter(({ under }) => under === unit).length,
    high: units.length - declared.filter(({ over }) => over === unit).length,
  }))
}

describe('rejectByHolm', () => {
  const decide = (ps: readonly number[]): boolean[] => {
    const candidates = ps.map((p, index) => ({ p, weight: 1, index }))
    const rejected = rejectByHolm(candidates, { alpha: 0.05, total: ps.length })
    return ps.map((_, index) => rejected.some((one) => one.index === index))
  }

  it('stops at the first p-value above its threshold', () => {
    expect(decide([0.00001, 0.0166, 0.021, 0.2])).toEqual([true, true, true, false])
    expect(decide([0.00001, 0.017, 0.021, 0.2])).toEqual([true, false, false, false])
  })

  it('decides equal p-values together, and one that equals the threshold as not rejected', () => {
    expect(decide([0.0125, 0.5, 0.6, 0.7])).toEqual([false, false, false, false])
    expect(decide([0.012, 0.012, 0.012, 0.5])).toEqual([true, true, true, false])
  })
})

describe('rankSets', () => {
  it('are those of all pairs compared one by one', () => {
    fc.assert(
      fc.property(group, fc.constantFrom(0.6, 0.9, 0.95), (units, level) => {
        expect(rankSets(units, { level })).toEqual(oneByOne(units, level))
      }),
    )
  })

  it('are those of all pairs for units that can be told apart', () => {
    const random = createRandom('apart')
    const units = Array.from({ length: 40 }, (_, index) => {
      const whole = 40 + 7 * index
      return { part: sampleBinomial(random, whole, 0.4 + 0.015 * index), whole }
    })
    const sets = rankSets(units, { level: 0.95 })
    expect(sets).toEqual(oneByOne(units, 0.95))
    expect(sets.some((set) => (set?.low ?? 1) > 10)).toBe(true)
  })

  it('do not depend on the order of the units', () => {
    fc.assert(
      fc.property(shuffled(group), ({ list, order }) => {
        const sets = rankSets(list, { level: 0.9 })
        const again = rankSets(
          order.map((place) => list[place] ?? { part: 0, whole: 0 }),
          { level: 0.9 },
        )
        expect(again).toEqual(order.map((place) => sets[place]))
      }),
    )
  })

  it('widen with the level', () => {
    fc.assert(
      fc.property(group, (units) => {
        const [narrow, wide] = [rankSets(units, { level: 0.8 }), rankSets(units, { level: 0.99 })]
        for (const [index, set] of narrow.entries()) {
          expect(wide[index]?.low).toBeLessThanOrEqual(set?.low ?? 0)
          expect(wide[index]?.high).toBeGreaterThanOrEqual(set?.high ?? 0)
        }
      }),
    )
  })

  it('are mirrored for lower is better, and the same for the failures', () => {
    fc.assert(
      fc.property(group, (units) => {
        const lower = rankSets(units, { level: 0.9, better: 'lower' })
        const higher = rankSets(units, { level: 0.9 })
        const mirrored = higher.map(
          (set) => set && { low: units.length + 1 - set.high, high: units.length + 1 - set.low },
        )
        expect(lower).toEqual(mirrored)
        const failures = units.map(({ part, whole }) => ({ part: whole - part, whole }))
        expect(rankSets(failures, { level: 0.9 })).toEqual(lower)
      }),
    )
  })

  it('leave units that are not measured out, also from the number of ranks', () => {
    const units = [
      { part: 90, whole: 100 },
      { part: 0, whole: 0 },
      { part: 10, whole: 100 },
    ]
    expect(rankSets(units, { level: 0.95 })).toEqual([{ low: 1, high: 1 }, null, { low: 2, high: 2 }])
  })

  it('say nothing where there is nothing to say', () => {
    expect(rankSets([], { level: 0.95 })).toEqual([])
    expect(rankSets([{ part: 1, whole: 3 }], { level: 0.95 })).toEqual([{ low: 1, high: 1 }])
    const perfect = [1, 5, 30, 200].map((whole) => ({ part: whole, whole }))
    expect(rankSets(perfect, { level: 0.95 })).toEqual(perfect.map(() => ({ low: 1, high: 4 })))
  })
})

describe('rankSetsNormal', () => {
  const scores = fc.array(estimate, { minLength: 1, maxLength: 14 })

  it('do not depend on the order of the units, and are mirrored for lower is better', () => {
    fc.assert(
      fc.property(shuffled(scores), ({ list, order }) => {
        const sets = rankSetsNormal(list, { level: 0.9 })
        const again = rankSetsNormal(
          order.flatMap((place) => list[place] ?? []),
          { level: 0.9 },
        )
        expect(again).toEqual(order.map((place) => sets[place]))
        const count = list.length
        expect(rankSetsNormal(list, { level: 0.9, better: 'lower' })).toEqual(
          sets.map(({ high, low }) => ({ low: count + 1 - high, high: count + 1 - low })),
        )
      }),
    )
  })

  it('do not depend on the unit the scores are measured in', () => {
    fc.assert(
      fc.property(scores, (units) => {
        const scaled = units.map(({ standardError, value }) => ({ value: 8 * value, standardError: 8 * standardError }))
        expect(rankSetsNormal(scaled, { level: 0.95 })).toEqual(rankSetsNormal(units, { level: 0.95 }))
      }),
    )
  })

  it('name the ranks outright where errors are small', () => {
    const units = [3, 1, 2].map((value) => ({ value, standardError: 0.01 }))
    expect(rankSetsNormal(units, { level: 0.999 })).toEqual([1, 3, 2].map((rank) => ({ low: rank, high: rank })))
    expect(rankSetsNormal([], { level: 0.9 })).toEqual([])
    expect(rankSetsNormal([{ value: 4, standardError: 1 }], { level: 0.9 })).toEqual([{ low: 1, high: 1 }])
  })
})
