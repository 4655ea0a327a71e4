import { murmur3 } from './murmur3.ts'

/** A source of pseudo-random numbers: reproducible, not for secrets. Every sampler takes one. */
export interface Random {
  /** The next unsigned 32-bit integer. */
  uint32(): number
  /** The next number in [0, 1), of 53 random bits; takes two integers. */
  unit(): number
}

/**
 * xoshiro128** from its 128-bit state, four integers not all zero (RangeError).
 * Source: D. Blackman, S. Vigna, Scrambled Linear Pseudorandom Number Generators, ACM TOMS 47 (2021).
 */
export function createXoshiro128(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state.map((word) => word | 0) as [number, number, number, number]
  if ((a | b | c | d) === 0) throw new RangeError('the state must not be all zero')
  function uint32(): number {
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result
  }
  function unit(): number {
    const high = uint32() >>> 5
    const low = uint32() >>> 6
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }
  return { uint32, unit }
}

/**
 * The stream that belongs to a seed. Different seeds give streams without visible relation, so that each thing drawn
 * can have its own (`${seed}/${unit}/${quarter}`) and none depends on how much another took.
 */
export function createRandom(seed: string): Random {
  const state: [number, number, number, number] = [
    murmur3(seed, 1),
    murmur3(seed, 2),
    murmur3(seed, 3),
    murmur3(seed, 4),
  ]
  return createXoshiro128(state.every((word) => word === 0) ? [1, 2, 3, 4] : state)
}
