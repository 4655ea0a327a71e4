import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benjaminiHochberg } from './benjamini-hochberg.ts'

describe('benjaminiHochberg', () => {
  it('lets the first four stand of the fifteen comparisons of its source', () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ]
    expect(benjaminiHochberg(p, 0.05).map(Number)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('takes an early p-value with a later one that passes, and nothing among none', () => {
    expect(benjaminiHochberg([0.04, 0.049], 0.05)).toEqual([true, true])
    expect(benjaminiHochberg([0.04, 0.051], 0.05)).toEqual([false, false])
    expect(benjaminiHochberg([], 0.05)).toEqual([])
  })

  it('never lets a larger p-value stand where a smaller does not', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(probability, { maxLength: 20 }), (p) => {
        const stands = benjaminiHochberg(p, 0.1)
        const standing = Math.max(-1, ...p.filter((_, index) => stands[index]))
        expect(p.every((one, index) => stands[index] === one <= standing)).toBe(true)
      }),
    )
  })

  it('refuses what is no p-value and no rate', () => {
    expect(() => benjaminiHochberg([1.1], 0.05)).toThrow('pValues[0]')
    expect(() => benjaminiHochberg([0.5], 1)).toThrow('rate')
  })
})
