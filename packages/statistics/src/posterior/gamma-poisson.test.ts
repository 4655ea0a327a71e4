import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../random/random.ts'
import { sampleGamma } from '../sampling/gamma.ts'
import { samplePoisson } from '../sampling/poisson.ts'
import { estimateGammaPrior, predictLowTail } from './gamma-poisson.ts'

describe('the prior of a group', () => {
  it('finds the distribution that rates were drawn from', () => {
    const random = createRandom('gamma-poisson')
    const group = Array.from({ length: 4_000 }, () => ({
      count: samplePoisson(random, (sampleGamma(random, 3) / 6) * 40),
      time: 40,
    }))
    const prior = estimateGammaPrior(group)
    expect(prior?.shape).toBeCloseTo(3, 0)
    expect((prior?.shape ?? 0) / (prior?.rate ?? 1)).toBeCloseTo(0.5, 1)
  })

  it('is none of a group that counted nothing', () => {
    expect(estimateGammaPrior([{ count: 0, time: 90 }])).toBeNull()
    expect(estimateGammaPrior([])).toBeNull()
    expect(() => estimateGammaPrior([{ count: -1, time: 1 }])).toThrow(RangeError)
  })
})

describe('the low tail', () => {
  it('is the geometric distribution for shape 1: 1 − (t / (1 + t))^(k+1)', () => {
    const tail = predictLowTail({ shape: 1, rate: 1 }, { count: 0, time: 0 }, { count: 2, time: 3 })
    expect(tail.expected).toBe(3)
    expect(tail.probability).toBeCloseTo(1 - 0.75 ** 3, 12)
  })

  it('falls with fewer, and with a busier past', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (count, past) => {
        const of = (own: number, before: number) =>
          predictLowTail({ shape: 2, rate: 5 }, { count: before, time: 90 }, { count: own, time: 60 }).probability
        expect(of(count, past)).toBeLessThanOrEqual(of(count + 1, past) + 1e-12)
        expect(of(count, past + 1)).toBeLessThanOrEqual(of(count, past) + 1e-12)
      }),
    )
  })
})
