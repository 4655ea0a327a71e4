import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { murmur3 } from './murmur3.ts'
import { createRandom, createXoshiro128 } from './random.ts'

describe('murmur3', () => {
  it.each([
    ['', 0, 0],
    ['', 1, 0x514e28b7],
    ['test', 0, 0xba6bd213],
    ['Hello, world!', 0, 0xc0363e43],
    ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
  ])('hashes %j with seed %i as published', (text, seed, hash) => {
    expect(murmur3(text, seed)).toBe(hash)
  })

  // Worked out apart, in another language, over the UTF-8 bytes.
  it.each([
    ['é', 269_551_495],
    ['值督', 2_479_010_229],
    ['𠀀', 2_295_267_474],
  ])('reads %j as UTF-8', (text, hash) => {
    expect(murmur3(text, 0)).toBe(hash)
  })
})

describe('xoshiro128**', () => {
  it('gives the published numbers from the state 1, 2, 3, 4', () => {
    const random = createXoshiro128([1, 2, 3, 4])
    const numbers = Array.from({ length: 10 }, () => random.uint32())
    expect(numbers).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  it('refuses a state of zeros, from which it would never leave', () => {
    expect(() => createXoshiro128([0, 0, 0, 0])).toThrow(RangeError)
  })
})

describe('createRandom', () => {
  it('gives the same stream for the same seed and another for another', () => {
    const take = (seed: string) => {
      const random = createRandom(seed)
      return Array.from({ length: 8 }, () => random.uint32())
    }
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(take(one)).toEqual(take(one))
        if (one !== other) expect(take(one)).not.toEqual(take(other))
      }),
    )
  })

  it('spreads evenly over [0, 1)', () => {
    const random = createRandom('spread')
    const draws = 200_000
    const cells = Array.from({ length: 20 }, () => 0)
    let outside = 0
    for (let i = 0; i < draws; i += 1) {
      const value = random.unit()
      if (!(value >= 0 && value < 1)) outside += 1
      const cell = Math.floor(value * 20)
      cells[cell] = (cells[cell] ?? 0) + 1
    }
    expect(outside).toBe(0)
    const expected = draws / 20
    const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // 99.9 % point of chi-square with 19 degrees of freedom.
    expect(chiSquare).toBeLessThan(43.82)
  })
})
