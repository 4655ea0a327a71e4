import { describe, expect, it } from 'vitest'
import { createRandom } from '../random/random.ts'
import { makeBetaSampler } from '../sampling/make-beta-sampler.ts'
import { betaCdf } from '../special/beta-cdf.ts'
import { makeRateDrawer } from './draw-rates.ts'
import { shrinkRates } from './shrink-rates.ts'

describe('makeRateDrawer', () => {
  it('draws from the very posterior that shrinkRates integrates', () => {
    const units = [
      { part: 0, whole: 3 },
      { part: 2, whole: 30 },
      { part: 9, whole: 20 },
      { part: 0, whole: 0 },
      { part: 1, whole: 12 },
    ]
    const drawer = makeRateDrawer(units)
    const draw = drawer.start(createRandom('rates'))
    const draws = 20_000
    const drawn = Array.from({ length: draws }, () => {
      const rates = new Float64Array(units.length)
      draw(rates)
      return rates
    })
    for (const [unit, expected] of shrinkRates(units, { level: 0.9 }).entries()) {
      const sorted = drawn.map((rates) => rates[unit] ?? Number.NaN).sort((a, b) => a - b)
      const mean = sorted.reduce((sum, rate) => sum + rate, 0) / draws
      expect(drawer.means[unit]).toBeCloseTo(expected.mean, 12)
      expect(mean).toBeCloseTo(expected.mean, 2)
      const below = sorted.filter((rate) => rate < expected.low).length / draws
      const above = sorted.filter((rate) => rate > expected.high).length / draws
      // Five standard errors of a share of 5 % in so many draws.
      expect(Math.abs(below - 0.05)).toBeLessThan(0.008)
      expect(Math.abs(above - 0.05)).toBeLessThan(0.008)
    }
  })

  it('refuses a group of nobody', () => {
    expect(() => makeRateDrawer([])).toThrow(RangeError)
  })
})

describe('makeBetaSampler', () => {
  it.each([
    [0.05, 0.9],
    [0.4, 60],
    [2.5, 1.5],
    [300, 40],
  ])('draws Beta(%f, %f)', (a, b) => {
    const [samples, draws] = [20, 2000]
    const statistics = Array.from({ length: samples }, (_, index) => {
      const sample = makeBetaSampler(createRandom(`beta/${a}/${b}/${index}`))
      const levels = Array.from({ length: draws }, () => betaCdf(sample(a, b), a, b)).sort((x, y) => x - y)
      const gaps = levels.map((level, place) => Math.abs(level - (place + 0.5) / draws))
      return Math.sqrt(draws) * Math.max(...gaps)
    })
    // Kolmogorov's law has mean 0.8687 and deviation 0.2603: four standard errors of the mean of twenty.
    const mean = statistics.reduce((sum, one) => sum + one, 0) / samples
    expect(Math.abs(mean - 0.8687)).toBeLessThan(4 * (0.2603 / Math.sqrt(samples)))
  })

  it('puts tiny shapes at the ends', () => {
    const sample = makeBetaSampler(createRandom('tiny'))
    const values = Array.from({ length: 2000 }, () => sample(1e-6, 3e-6))
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true)
    expect(values.filter((value) => value > 0.5).length / values.length).toBeCloseTo(0.25, 1)
  })
})
