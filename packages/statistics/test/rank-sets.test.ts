import { describe, expect, it } from 'vitest'
import { fisherOneSided, marginalRankSet, rankability, rankSets, rankSetsNormal } from '../src/index.ts'
import { marginalCriticalValue } from '../src/ranks/marginal-critical-value.ts'
import { expectNear } from './expect-near.ts'
import { readFixture } from './read-fixture.ts'

interface Sets {
  readonly L: readonly number[]
  readonly U: readonly number[]
}

interface ExactSets {
  readonly tolerance: { readonly p: number }
  readonly cases: readonly {
    readonly k: readonly number[]
    readonly n: readonly number[]
    readonly alpha: number
    readonly pFisherOneSided_rowGreaterThanCol: readonly (readonly (number | null)[])[]
    readonly simultaneousHolm: Sets
    readonly marginalHolm: Sets
  }[]
  readonly separability: {
    readonly rows: readonly {
      readonly groupSize: number
      readonly n: number
      readonly worstUnitMustBeAtMost: number | null
    }[]
  }
}

describe('rank sets of shares', () => {
  const { cases, separability, tolerance } = readFixture<ExactSets>('rank_sets_exact_binomial')

  it.each(cases.map((one) => [one.k.join(' '), one] as const))('agrees with the sets of %s', (_, one) => {
    const units = one.k.map((part, index) => ({ part, whole: one.n[index] ?? 0 }))
    const level = 1 - one.alpha
    const sets = rankSets(units, { level })
    expect({ L: sets.map((set) => set?.low), U: sets.map((set) => set?.high) }).toEqual(one.simultaneousHolm)
    const alone = units.map((_unit, index) => marginalRankSet(units, index, { level }))
    expect({ L: alone.map((set) => set?.low), U: alone.map((set) => set?.high) }).toEqual(one.marginalHolm)
    for (const [row, ps] of one.pFisherOneSided_rowGreaterThanCol.entries()) {
      const found = units.map((unit, index) => (index === row ? null : fisherOneSided(units[row] ?? unit, unit)))
      expectNear(found, ps, tolerance.p)
    }
  })

  it('separates a perfect unit from another only where the table of separability says so', () => {
    for (const { groupSize, n, worstUnitMustBeAtMost: worst } of separability.rows) {
      const threshold = 0.05 / (groupSize * (groupSize - 1))
      const apart = (part: number): boolean => fisherOneSided({ part: n, whole: n }, { part, whole: n }) <= threshold
      expect(worst === null ? !apart(0) : apart(worst) && !apart(worst + 1)).toBe(true)
    }
  })
})

interface OwnScores {
  readonly input: { readonly value: readonly number[]; readonly standardError: readonly number[] }
  readonly expected: {
    readonly holm95: Column
    readonly holm80: Column
    readonly marginal95: Column & {
      readonly criticalFirst: readonly number[]
      readonly criticalFinal: readonly number[]
    }
    readonly rankability_REML: number
  }
  readonly tolerance: { readonly critical: number; readonly rankability: number }
}

interface Column {
  readonly low: readonly number[]
  readonly high: readonly number[]
}

describe('rank sets of scores', () => {
  const { expected, input, tolerance } = readFixture<OwnScores>('own_scores')
  const units = input.value.map((value, index) => ({ value, standardError: input.standardError[index] ?? NaN }))

  it.each([
    [0.95, expected.holm95],
    [0.8, expected.holm80],
  ] as const)('agrees at %d with every pair compared one by one', (level, { high, low }) => {
    const sets = rankSetsNormal(units, { level })
    expect(sets.map((set) => set.low)).toEqual(low)
    expect(sets.map((set) => set.high)).toEqual(high)
  })

  it('agrees on the marginal sets with an adaptive integration', () => {
    const sets = units.map((_, index) => marginalRankSet(units, index, { level: 0.95 }))
    expect(sets.map((set) => set?.low)).toEqual(expected.marginal95.low)
    expect(sets.map((set) => set?.high)).toEqual(expected.marginal95.high)
  })

  it('finds the critical values of the first step', () => {
    const found = units.map((own, index) => {
      const others = units.filter((_, place) => place !== index)
      const pairs = others.map(({ standardError }) => ({ standardError, isAboveOpen: true, isBelowOpen: true }))
      return marginalCriticalValue(own, pairs, 0.95)
    })
    expectNear(found, expected.marginal95.criticalFirst, tolerance.critical)
  })

  it('finds the rankability of the scores', () => {
    expectNear([rankability(units)], [expected.rankability_REML], tolerance.rankability)
  })
})
