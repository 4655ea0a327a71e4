import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCells } from '../input/cells.ts'
import { countsUpTo, shuffled } from '../testing/arbitraries.ts'
import { betweenVariance } from './between-variance.ts'
import { fitBetaBinomial } from './fit-beta-binomial.ts'
import { computeHyperPosterior } from './hyper-posterior.ts'
import { makeLogLikelihood } from './log-likelihood.ts'
import { rankability } from './rankability.ts'
import { shrinkRates } from './shrink-rates.ts'

const group = fc.array(countsUpTo(40), { minLength: 1, maxLength: 4 })

describe('shrinkRates', () => {
  it('keep mean and interval within 0 and 1, in order, and lean on the group less the more is known', () => {
    fc.assert(
      fc.property(group, (units) => {
        for (const { high, low, mean, ownShare } of shrinkRates(units, { level: 0.9 })) {
          expect(low >= 0 && low <= mean && mean <= high && high <= 1).toBe(true)
          expect(ownShare >= 0 && ownShare < 1).toBe(true)
        }
      }),
      { numRuns: 8 },
    )
    const rates = shrinkRates(
      [4, 40, 400].map((whole) => ({ part: whole / 2, whole })),
      { level: 0.9 },
    )
    expect(rates.map(({ ownShare }) => ownShare)).toEqual(rates.map(({ ownShare }) => ownShare).sort((a, b) => a - b))
  })

  it('do not depend on the order, and are mirrored for the failures', () => {
    fc.assert(
      fc.property(shuffled(group), ({ list, order }) => {
        const rates = shrinkRates(list, { level: 0.9 })
        const again = shrinkRates(
          order.map((place) => {
            const { part, whole } = list[place] ?? { part: 0, whole: 0 }
            return { part: whole - part, whole }
          }),
          { level: 0.9 },
        )
        for (const [index, place] of order.entries()) {
          expect(again[index]?.mean).toBeCloseTo(1 - (rates[place]?.mean ?? NaN), 4)
          expect(again[index]?.low).toBeCloseTo(1 - (rates[place]?.high ?? NaN), 2)
        }
      }),
      { numRuns: 5 },
    )
  })

  it('draw a unit of one report far, and one of a thousand hardly', () => {
    const peers = [8, 7, 9, 8, 8, 9].map((part) => ({ part, whole: 10 }))
    const [small, large] = shrinkRates([{ part: 0, whole: 1 }, { part: 100, whole: 1_000 }, ...peers], { level: 0.95 })
    expect(small?.mean).toBeGreaterThan(0.3)
    expect(large?.mean).toBeCloseTo(0.1, 2)
  })

  it('say how much rests on the unit itself: n / (n + M), averaged', () => {
    const units = [4, 40].map((whole) => ({ part: whole / 2, whole }))
    const nodes = computeHyperPosterior(toCells(units), 'all')
    const expected = nodes.reduce((sum, { alpha, beta, weight }) => sum + (weight * 40) / (40 + alpha + beta), 0)
    expect(shrinkRates(units, { level: 0.9 })[1]?.ownShare).toBeCloseTo(expected, 12)
  })

  it('give a unit that is not measured the distribution of its peers, with nothing of its own', () => {
    const [own] = shrinkRates([{ part: 0, whole: 0 }, ...[8, 7, 9].map((part) => ({ part, whole: 10 }))], {
      level: 0.95,
    })
    expect(own?.ownShare).toBe(0)
    expect(own?.mean).toBeGreaterThan(0.6)
    expect(shrinkRates([], { level: 0.95 })).toEqual([])
    const [nobody] = shrinkRates([{ part: 0, whole: 0 }], { level: 0.95 })
    expect(nobody?.mean).toBeCloseTo(0.5, 6)
  })
})

describe('the likelihood of the group', () => {
  it('is the same from tallies and from cells', () => {
    const few = toCells([4, 9, 300].map((part) => ({ part, whole: part + 20 })))
    // A whole this large makes it go cell by cell.
    const large = toCells([{ part: 5_000, whole: 9_000 }])
    const alone = (cells: typeof few.cells): number => makeLogLikelihood(cells)(0.6, 0.4, 12)
    const both = alone([...few.cells, ...large.cells])
    expect(both).toBeCloseTo(alone(few.cells) + alone(large.cells), 6)
  })

  it('makes weights that add up to 1, on both lattices and in the few points', () => {
    const units = Array.from({ length: 30 }, (_, index) => ({ part: index % 7, whole: 7 }))
    const meanOf = (detail: 'all' | 'some' | 'few'): number => {
      const nodes = computeHyperPosterior(toCells(units), detail)
      expect(nodes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
      return nodes.reduce((sum, { alpha, beta, weight }) => sum + (weight * alpha) / (alpha + beta), 0)
    }
    const spreadOf = (detail: 'all' | 'few'): number => {
      const nodes = computeHyperPosterior(toCells(units), detail)
      const logs = nodes.map(({ alpha, beta, weight }) => ({ weight, value: Math.log(alpha + beta) }))
      const middle = logs.reduce((sum, { value, weight }) => sum + weight * value, 0)
      return logs.reduce((sum, { value, weight }) => sum + weight * (value - middle) ** 2, 0)
    }
    expect(spreadOf('few') / spreadOf('all')).toBeCloseTo(1, 1)
    expect(meanOf('some')).toBeCloseTo(meanOf('all'), 4)
    expect(meanOf('few')).toBeCloseTo(meanOf('all'), 3)
  })
})

describe('rankability', () => {
  it('is 0 where shares or scores spread no more than luck', () => {
    const equal = Array.from({ length: 12 }, () => ({ part: 8, whole: 10 }))
    expect(rankability(equal)).toBe(0)
    expect(rankability([1, 5, 9, 30, 8].map((whole) => ({ part: whole, whole })))).toBe(0)
    expect(rankability([1, 5, 9, 30, 8].map((whole) => ({ part: 0, whole })))).toBe(0)
    expect(fitBetaBinomial(toCells(equal))).toEqual({ mean: 0.8, precision: Infinity })
    expect(rankability([1, 1.1, 0.9, 1, 1].map((value) => ({ value, standardError: 1 })))).toBe(0)
  })

  it('nears 1 where the differences are far larger than the errors', () => {
    expect(rankability([1, 20, 50, 70, 99].map((part) => ({ part: 100 * part, whole: 10_000 })))).toBeGreaterThan(0.99)
    expect(rankability([1, 2, 3, 4, 5].map((value) => ({ value, standardError: 0.01 })))).toBeGreaterThan(0.99)
  })

  it('is the same for the failures, and counts only who is measured', () => {
    const units = [3, 9, 4, 7, 1, 8].map((part) => ({ part, whole: 10 }))
    const failures = units.map(({ part, whole }) => ({ part: whole - part, whole }))
    expect(rankability(units)).toBeCloseTo(rankability(failures) ?? NaN, 6)
    expect(rankability([...units, { part: 0, whole: 0 }])).toBe(rankability(units))
    expect(rankability(units.slice(0, 4))).toBeNull()
    expect(rankability([])).toBeNull()
  })

  it('has the between variance of equal errors in closed form', () => {
    // REML for equal errors: the variance of the scores less that of the error.
    const scores = [3, 7, 8, 12].map((value) => ({ value, standardError: 2 }))
    expect(betweenVariance(scores)).toBeCloseTo(41 / 3 - 4, 8)
  })
})
