import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialCdf } from '../special/binomial-cdf.ts'
import { agreementOf } from './agreement.ts'
import { foundAgainstExpected } from './found-against-expected.ts'

const LEVEL = 0.95
const count = fc.nat(60)
const tables = fc.record({ bothYes: count, firstOnly: count, secondOnly: count, bothNo: count })

describe('agreement of two observers', () => {
  it('is the published one where kappa collapses although 118 of 125 agree', () => {
    const { ac1, agreed, kappa, pairs } = agreementOf({ bothYes: 118, firstOnly: 5, secondOnly: 2, bothNo: 0 }, LEVEL)
    expect([agreed, pairs]).toEqual([118, 125])
    expect(kappa).toBeCloseTo(-0.0234, 4)
    expect(ac1).toBeCloseTo(0.9408, 4)
  })

  it('is 1 when all agree, and as low as chance allows when none does', () => {
    const all = agreementOf({ bothYes: 7, firstOnly: 0, secondOnly: 0, bothNo: 5 }, LEVEL)
    expect([all.ac1, all.kappa, all.ac1Range]).toEqual([1, 1, { low: 1, high: 1 }])
    expect(agreementOf({ bothYes: 0, firstOnly: 4, secondOnly: 4, bothNo: 0 }, LEVEL)).toMatchObject({
      ac1: -1,
      kappa: -1,
    })
  })

  it('is not measured without a pair, and kappa says nothing of one answer alone', () => {
    const none = { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 }
    expect(agreementOf(none, LEVEL)).toMatchObject({ pairs: 0, ac1: null, ac1Range: null, kappa: null })
    expect(agreementOf({ ...none, bothYes: 1 }, LEVEL)).toMatchObject({ ac1: 1, ac1Range: null, kappa: null })
    expect(() => agreementOf({ ...none, bothNo: -1 }, LEVEL)).toThrow('bothNo')
  })

  it('does not ask who was first, nor which answer is called yes', () => {
    fc.assert(
      fc.property(tables, ({ bothNo, bothYes, firstOnly, secondOnly }) => {
        const one = agreementOf({ bothYes, firstOnly, secondOnly, bothNo }, LEVEL)
        const turned = agreementOf({ bothYes, firstOnly: secondOnly, secondOnly: firstOnly, bothNo }, LEVEL)
        const negated = agreementOf(
          { bothYes: bothNo, firstOnly: secondOnly, secondOnly: firstOnly, bothNo: bothYes },
          LEVEL,
        )
        for (const other of [turned, negated]) {
          expect(other.range).toEqual(one.range)
          if (one.ac1 === null) expect(other.ac1).toBeNull()
          else expect(other.ac1).toBeCloseTo(one.ac1, 12)
        }
      }),
    )
  })

  it('its interval of AC1 is the one of the delta method by differences', () => {
    // The variance of a function of shares, by its numerical gradient: a second way to the published formula.
    const ac1At = (shares: readonly number[]): number => {
      const [bothYes = 0, firstOnly = 0, secondOnly = 0, bothNo = 0] = shares
      const yes = (2 * bothYes + firstOnly + secondOnly) / 2 / (bothYes + firstOnly + secondOnly + bothNo)
      const chance = 2 * yes * (1 - yes)
      const total = bothYes + firstOnly + secondOnly + bothNo
      return ((bothYes + bothNo) / total - chance) / (1 - chance)
    }
    fc.assert(
      fc.property(tables, (table) => {
        const counts = [table.bothYes, table.firstOnly, table.secondOnly, table.bothNo]
        const pairs = counts.reduce((sum, one) => sum + one, 0)
        fc.pre(pairs >= 10)
        const shares = counts.map((one) => one / pairs)
        const gradient = shares.map((_, at) => {
          const moved = (by: number) => ac1At(shares.map((share, other) => (other === at ? share + by : share)))
          return (moved(1e-6) - moved(-1e-6)) / 2e-6
        })
        const mean = shares.reduce((sum, share, at) => sum + share * (gradient[at] ?? 0), 0)
        const square = shares.reduce((sum, share, at) => sum + share * (gradient[at] ?? 0) ** 2, 0)
        const half = 1.959963984540054 * Math.sqrt(Math.max(0, square - mean ** 2) / pairs)
        const { ac1, ac1Range } = agreementOf(table, LEVEL)
        if (ac1 === null || ac1Range === null) throw new RangeError('there are pairs')
        expect(ac1Range.low).toBeCloseTo(Math.max(-1, ac1 - half), 4)
        expect(ac1Range.high).toBeCloseTo(Math.min(1, ac1 + half), 4)
      }),
    )
  })
})

describe('found against expected', () => {
  it('is the binomial law when all chances are one', () => {
    const { expected, p, pHigh, pLow } = foundAgainstExpected(
      3,
      Array.from({ length: 20 }, () => 0.3),
    )
    const below = binomialCdf(2, 20, 0.3)
    const at = binomialCdf(3, 20, 0.3) - below
    expect(expected).toBeCloseTo(6, 12)
    expect(pLow).toBeCloseTo(below + at / 2, 12)
    expect(pHigh).toBeCloseTo(1 - below - at / 2, 12)
    expect(p).toBeCloseTo(2 * pLow, 12)
  })

  it('is the sum over all outcomes of a few trials', () => {
    const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 })
    fc.assert(
      fc.property(chances, fc.nat(8), (given, wanted) => {
        const found = Math.min(wanted, given.length)
        let [above, at] = [0, 0]
        for (let bits = 0; bits < 2 ** given.length; bits += 1) {
          const hits = given.map((_, index) => Math.floor(bits / 2 ** index) % 2 === 1)
          const chance = given.reduce((product, one, index) => product * (hits[index] === true ? one : 1 - one), 1)
          const many = hits.filter(Boolean).length
          if (many > found) above += chance
          if (many === found) at += chance
        }
        const { pHigh, pLow } = foundAgainstExpected(found, given)
        expect(pHigh).toBeCloseTo(above + at / 2, 10)
        expect(pHigh + pLow).toBeCloseTo(1, 10)
      }),
    )
  })

  it('nothing looked at says nothing; impossible counts and chances are refused', () => {
    expect(foundAgainstExpected(0, [])).toEqual({ found: 0, expected: 0, pHigh: 0.5, pLow: 0.5, p: 1 })
    expect(() => foundAgainstExpected(1, [])).toThrow('found')
    expect(() => foundAgainstExpected(0, [Number.NaN])).toThrow('chances[0]')
  })
})
