import { describe, expect, it } from 'vitest'
import { createRandom, type Random } from '../random/random.ts'
import { sampleBeta } from './beta.ts'
import { sampleBinomial } from './binomial.ts'
import { sampleCategory } from './categorical.ts'
import { sampleGamma } from './gamma.ts'
import { sampleNormal } from './normal.ts'
import { samplePoisson } from './poisson.ts'
import { sampleChance, sampleInteger, sampleItem, sampleItems } from './uniform.ts'

const DRAWS = 60_000

/** Mean, variance and third central moment of many draws. */
function moments(seed: string, draw: (random: Random) => number): { mean: number; variance: number; third: number } {
  const random = createRandom(seed)
  const values = Float64Array.from({ length: DRAWS }, () => draw(random))
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS
  const power = (exponent: number) => values.reduce((sum, value) => sum + (value - mean) ** exponent, 0) / DRAWS
  return { mean, variance: power(2), third: power(3) }
}

/** Within five standard errors, which the fixed seed makes certain and a wrong sampler misses. */
function expectMoments(
  seed: string,
  draw: (random: Random) => number,
  known: { readonly mean: number; readonly variance: number; readonly third: number; readonly fourth: number },
): void {
  const found = moments(seed, draw)
  const { fourth, mean, third, variance } = known
  expect(Math.abs(found.mean - mean)).toBeLessThanOrEqual(5 * Math.sqrt(variance / DRAWS) + 1e-12)
  expect(Math.abs(found.variance - variance)).toBeLessThanOrEqual(
    5 * Math.sqrt((fourth - variance ** 2) / DRAWS) + 1e-12,
  )
  expect(Math.abs(found.third - third)).toBeLessThanOrEqual(
    0.1 * Math.max(variance ** 1.5, 1e-12) + 0.1 * Math.abs(third),
  )
}

describe('samplers against the known moments of their distributions', () => {
  it('normal', () => {
    expectMoments('normal', sampleNormal, { mean: 0, variance: 1, third: 0, fourth: 3 })
  })

  it.each([0.3, 1, 2.5, 40])('gamma of shape %d', (shape) => {
    const known = { mean: shape, variance: shape, third: 2 * shape, fourth: 3 * shape ** 2 + 6 * shape }
    expectMoments(`gamma ${shape}`, (random) => sampleGamma(random, shape), known)
  })

  it.each([
    [0.5, 0.5],
    [2, 5],
    [90, 10],
  ])('beta of %d and %d', (a, b) => {
    const n = a + b
    const variance = (a * b) / (n ** 2 * (n + 1))
    const skew = (2 * (b - a) * Math.sqrt(n + 1)) / ((n + 2) * Math.sqrt(a * b))
    const kurtosis = 3 + (6 * ((a - b) ** 2 * (n + 1) - a * b * (n + 2))) / (a * b * (n + 2) * (n + 3))
    const known = { mean: a / n, variance, third: skew * variance ** 1.5, fourth: kurtosis * variance ** 2 }
    expectMoments(`beta ${a} ${b}`, (random) => sampleBeta(random, a, b), known)
  })

  it.each([
    [5, 0.5],
    [31, 0.9],
    [32, 0.1],
    [1000, 0.37],
    [100_000, 0.002],
  ])('binomial of %d trials with %d', (n, p) => {
    const variance = n * p * (1 - p)
    const third = variance * (1 - 2 * p)
    const fourth = variance * (1 + 3 * (n - 2) * p * (1 - p))
    expectMoments(`binomial ${n} ${p}`, (random) => sampleBinomial(random, n, p), {
      mean: n * p,
      variance,
      third,
      fourth,
    })
  })

  it.each([0.2, 3, 15.9, 16, 70, 2000])('Poisson of mean %d', (mean) => {
    const known = { mean, variance: mean, third: mean, fourth: mean + 3 * mean ** 2 }
    expectMoments(`poisson ${mean}`, (random) => samplePoisson(random, mean), known)
  })

  it('whole numbers, each equally likely', () => {
    const known = { mean: 4, variance: 4, third: 0, fourth: 28 }
    expectMoments('integer', (random) => sampleInteger(random, 1, 7), known)
  })

  it('chance', () => {
    const p = 0.3
    const variance = p * (1 - p)
    const known = { mean: p, variance, third: variance * (1 - 2 * p), fourth: variance * (1 - 3 * variance) }
    expectMoments('chance', (random) => Number(sampleChance(random, p)), known)
  })

  it('categories, in proportion to their weights and never one of weight 0', () => {
    const random = createRandom('category')
    const counts = { a: 0, b: 0, c: 0 }
    for (let i = 0; i < DRAWS; i += 1) counts[sampleCategory(random, { a: 1, b: 3, c: 0 })] += 1
    expect(counts.c).toBe(0)
    expect(Math.abs(counts.b / DRAWS - 0.75)).toBeLessThan(5 * Math.sqrt(0.1875 / DRAWS))
  })
})

describe('samplers at their edges', () => {
  const random = createRandom('edges')

  it('know the certain outcomes', () => {
    expect(sampleBinomial(random, 0, 0.5)).toBe(0)
    expect(sampleBinomial(random, 500, 1)).toBe(500)
    expect(sampleBinomial(random, 500, 0)).toBe(0)
    expect(samplePoisson(random, 0)).toBe(0)
    expect(sampleInteger(random, 3, 3)).toBe(3)
    expect(sampleItem(random, ['only'])).toBe('only')
    expect(sampleItems(random, [1, 2, 3], 5).toSorted((a, b) => a - b)).toEqual([1, 2, 3])
    expect(sampleItems(random, [1, 2, 3], 0)).toEqual([])
  })

  it('refuse what is no distribution', () => {
    expect(() => sampleGamma(random, 0)).toThrow(RangeError)
    expect(() => sampleBinomial(random, 1.5, 0.5)).toThrow(RangeError)
    expect(() => sampleBinomial(random, 2, 1.1)).toThrow(RangeError)
    expect(() => samplePoisson(random, -1)).toThrow(RangeError)
    expect(() => sampleInteger(random, 2, 1)).toThrow(RangeError)
    expect(() => sampleItem(random, [])).toThrow(RangeError)
    expect(() => sampleCategory(random, { a: 0 })).toThrow(RangeError)
    expect(() => sampleCategory(random, { a: -1, b: 2 })).toThrow(RangeError)
  })
})
