import { describe, expect, it } from 'vitest'
import { comparePair } from './compare-pair.ts'

const peers = Array.from({ length: 6 }, () => ({ part: 8, whole: 10 }))

describe('two units of a group', () => {
  it('are told apart for certain by a test that holds for every pair of the group', () => {
    const group = [{ part: 100, whole: 100 }, { part: 40, whole: 100 }, ...peers]
    const compared = comparePair(group, 0, 1)
    expect(compared).toMatchObject({ certainty: 'certain', difference: { isSignificant: true } })
    expect(compared.difference?.value).toBeCloseTo(0.6, 12)
    expect(compared.probability).toBeCloseTo(1, 9)
    expect(comparePair(group, 1, 0)).toMatchObject({ certainty: 'certain', difference: { isSignificant: true } })
    // Past the first threshold of twelve pairs, within that of the last ones.
    const four = [27, 0, 27, 20].map((part) => ({ part, whole: 27 }))
    expect([comparePair(four, 0, 3).certainty, comparePair(four, 3, 0).certainty]).toEqual(['certain', 'certain'])
  })

  it('are likely apart from a probability of 0.8 on, either way round', () => {
    const group = [{ part: 9, whole: 10 }, { part: 7, whole: 10 }, ...peers]
    const [forth, back] = [comparePair(group, 0, 1), comparePair(group, 1, 0)]
    expect(forth.probability).toBeGreaterThan(0.8)
    expect([forth.certainty, back.certainty]).toEqual(['likely', 'likely'])
    expect((forth.probability ?? 0) + (back.probability ?? 0)).toBeCloseTo(1, 9)
    expect(forth.difference?.isSignificant).toBe(false)
    expect(comparePair(group, 0, 2).certainty).toBe('unclear')
  })

  it('are not compared where one had no opportunity', () => {
    expect(comparePair([{ part: 0, whole: 0 }, ...peers], 0, 1)).toMatchObject({
      firstInterval: null,
      secondInterval: { low: expect.any(Number) as number },
      difference: null,
      probability: null,
      certainty: null,
    })
    expect(comparePair([{ part: 0, whole: 0 }, ...peers], 1, 0).certainty).toBeNull()
  })

  it('have to be of the group', () => {
    expect(() => comparePair(peers, 0, 6)).toThrow(RangeError)
    expect(() => comparePair(peers, -1, 0)).toThrow(RangeError)
  })
})
