import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hypergeometricUpper } from '../special/hypergeometric-tail.ts'
import { agreementOf } from './agreement.ts'
import { foundAmongAll } from './found-among-all.ts'

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

describe('found among all', () => {
  it('is the hypergeometric law in one stratum', () => {
    const { expected, p, pHigh, pLow, range } = foundAmongAll(
      [{ looked: 12, found: 1, allLooked: 40, allFound: 14 }],
      LEVEL,
    )
    const [from1, from2] = [hypergeometricUpper(1, 40, 14, 12), hypergeometricUpper(2, 40, 14, 12)]
    expect(expected).toBeCloseTo(4.2, 12)
    expect(pLow).toBeCloseTo(1 - (from1 + from2) / 2, 12)
    expect(pHigh).toBeCloseTo((from1 + from2) / 2, 12)
    expect(p).toBeCloseTo(2 * pLow, 12)
    // P(X ≤ 1) = 0.0211, P(X ≤ 2) = 0.1076; P(X ≥ 8) = 0.0090, P(X ≥ 7) = 0.0494.
    expect(range).toEqual({ low: 2, high: 7 })
  })

  it('is the share of all deals of a few things', () => {
    const stratum = fc
      .array(fc.record({ isHis: fc.boolean(), isFound: fc.boolean() }), { maxLength: 6 })
      .map((things) => things.toSorted((a, b) => Number(a.isHis) - Number(b.isHis)))
    fc.assert(
      fc.property(fc.array(stratum, { maxLength: 2 }), (strata) => {
        const counted = strata.map((things) => ({
          looked: things.filter(({ isHis }) => isHis).length,
          found: things.filter(({ isFound, isHis }) => isHis && isFound).length,
          allLooked: things.length,
          allFound: things.filter(({ isFound }) => isFound).length,
        }))
        // Every way to deal what was found, one stratum after the other; his things stand last.
        let deals = [0]
        for (const { allFound, allLooked, looked } of counted) {
          const his = Array.from({ length: 2 ** allLooked }, (_, bits) =>
            Array.from({ length: allLooked }, (__, at) => Math.floor(bits / 2 ** at) % 2),
          )
            .filter((deal) => deal.reduce((sum, one) => sum + one, 0) === allFound)
            .map((deal) => deal.slice(allLooked - looked).reduce((sum, one) => sum + one, 0))
          deals = deals.flatMap((sum) => his.map((one) => sum + one))
        }
        const { expected, found, p, pHigh, pLow } = foundAmongAll(counted, LEVEL)
        const share = (isCounted: (many: number) => boolean) => deals.filter(isCounted).length / deals.length
        const at = share((many) => many === found) / 2
        expect(pHigh).toBeCloseTo(share((many) => many > found) + at, 10)
        expect(pLow).toBeCloseTo(share((many) => many < found) + at, 10)
        expect(p).toBeCloseTo(Math.min(1, 2 * Math.min(pHigh, pLow)), 12)
        expect(expected).toBeCloseTo(deals.reduce((sum, one) => sum + one, 0) / deals.length, 10)
      }),
    )
  })

  it('says nothing where nobody else looked; impossible counts are refused', () => {
    const alone = { looked: 5, found: 3, allLooked: 5, allFound: 3 }
    expect(foundAmongAll([alone], LEVEL)).toMatchObject({ expected: 3, p: 1, range: { low: 3, high: 3 } })
    expect(foundAmongAll([], LEVEL)).toEqual({
      found: 0,
      expected: 0,
      range: { low: 0, high: 0 },
      pHigh: 0.5,
      pLow: 0.5,
      p: 1,
    })
    expect(() => foundAmongAll([{ ...alone, found: 6 }], LEVEL)).toThrow('strata[0]')
    expect(() => foundAmongAll([{ ...alone, allFound: 2 }], LEVEL)).toThrow('strata[0]')
    expect(() => foundAmongAll([{ ...alone, looked: 0.5 }], LEVEL)).toThrow('strata[0].looked')
  })
})
