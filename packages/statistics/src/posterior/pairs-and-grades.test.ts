import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countsUpTo, shuffled } from '../testing/arbitraries.ts'
import { gradeBlocks } from './grade-blocks.ts'
import { grades } from './grades.ts'
import { pairProbability } from './pair-probability.ts'
import { posteriorRanks } from './posterior-ranks.ts'

const prior = { alpha: 2, beta: 1 }

describe('pairProbability', () => {
  it('and its opposite are 1 together, also turned round', () => {
    fc.assert(
      fc.property(countsUpTo(500), countsUpTo(500), (a, b) => {
        expect(pairProbability(a, b) + pairProbability(b, a)).toBeCloseTo(1, 8)
        expect(pairProbability(a, b, { better: 'lower' })).toBeCloseTo(pairProbability(b, a), 8)
      }),
    )
  })

  it('is known in closed form for one trial each', () => {
    // Beta(2, 1) against Beta(1, 2): 1 − ∫ 2t (1 − t)² dt.
    expect(pairProbability({ part: 1, whole: 1 }, { part: 0, whole: 1 })).toBeCloseTo(5 / 6, 9)
    expect(pairProbability({ part: 0, whole: 0 }, { part: 0, whole: 0 })).toBeCloseTo(0.5, 9)
    // Beta(2, 1) against the uniform prior of a unit that is not measured: its mean.
    expect(pairProbability({ part: 1, whole: 1 }, { part: 0, whole: 0 })).toBeCloseTo(2 / 3, 9)
  })

  it('makes up the expected rank', () => {
    fc.assert(
      fc.property(fc.array(countsUpTo(30, 1), { minLength: 2, maxLength: 6 }), (units) => {
        const ranks = posteriorRanks(units, { level: 0.9, prior })
        for (const [index, own] of units.entries()) {
          const losses = units.map((other, place) => (place === index ? 0 : pairProbability(other, own, { prior })))
          expect(ranks[index]?.expectedRank).toBeCloseTo(1 + losses.reduce((sum, loss) => sum + loss, 0), 6)
        }
      }),
      { numRuns: 40 },
    )
  })
})

/** Every way to cut an order into blocks. */
function bestByTrial(count: number, lambda: number, probability: (i: number, j: number) => number): number {
  let best = -Infinity
  for (let cuts = 0; cuts < 2 ** (count - 1); cuts += 1) {
    let gain = 0
    for (let i = 0; i < count; i += 1) {
      for (let j = i + 1; j < count; j += 1) {
        const isApart = (cuts >> i) % 2 ** (j - i) > 0
        if (isApart) gain += (lambda + 1) * probability(i, j) - 1
      }
    }
    best = Math.max(best, gain)
  }
  return best
}

describe('grades', () => {
  const group = fc.array(countsUpTo(60, 1), { minLength: 5, maxLength: 10 })

  it('cut an order as well as any cut does', () => {
    const table = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 28, maxLength: 28 })
    fc.assert(
      fc.property(table, fc.double({ min: 0.05, max: 1, noNaN: true }), (values, lambda) => {
        const probability = (i: number, j: number): number => values[i * 4 + ((j * j) % 4)] ?? 0
        const { gain } = gradeBlocks(7, lambda, (j) => (i) => probability(i, j))
        expect(gain).toBeCloseTo(bestByTrial(7, lambda, probability), 9)
      }),
      { numRuns: 40 },
    )
  })

  it('go along with the expected rank and do not depend on the order of the units', () => {
    fc.assert(
      fc.property(shuffled(group), ({ list, order }) => {
        const found = grades(list, { lambda: 0.4, prior })
        const again = grades(
          order.flatMap((place) => list[place] ?? []),
          { lambda: 0.4, prior },
        )
        expect(again.gain).toBeCloseTo(found.gain, 7)
        const ranks = posteriorRanks(list, { level: 0.9, prior })
        for (const [i, grade] of found.grades.entries()) {
          for (const [j, other] of found.grades.entries()) {
            if ((grade ?? 0) < (other ?? 0)) {
              expect(ranks[i]?.expectedRank).toBeLessThan((ranks[j]?.expectedRank ?? 0) + 1e-7)
            }
          }
        }
        expect(found.discordanceRate >= 0 && found.discordanceRate <= 1).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('never separate two units that only a coin tells apart', () => {
    const equal = Array.from({ length: 6 }, () => ({ part: 5, whole: 9 }))
    expect(grades(equal, { lambda: 0.25 })).toMatchObject({ grades: [1, 1, 1, 1, 1, 1], gain: 0, tauBar: 0 })
  })

  it('are turned round for lower is better', () => {
    const units = [0, 3, 50, 52, 97].map((part) => ({ part, whole: 100 }))
    expect(grades(units, { lambda: 0.25, prior }).grades).toEqual(
      [3, 3, 2, 2, 1].map((grade, index) => (index === 0 ? 4 : grade)),
    )
    expect(grades(units, { lambda: 0.25, prior, better: 'lower' }).grades).toEqual([1, 2, 3, 3, 4])
  })

  it('are one for all where all are perfect, none for too few, and none for who is not measured', () => {
    const perfect = [1, 5, 30, 200, 3].map((whole) => ({ part: whole, whole }))
    expect(grades(perfect, { lambda: 1 }).grades).toEqual([1, 1, 1, 1, 1])
    expect(grades(perfect, { lambda: 1, better: 'lower' }).grades).toEqual([1, 1, 1, 1, 1])
    expect(grades([...perfect, { part: 0, whole: 0 }], { lambda: 0.25 }).grades).toEqual([1, 1, 1, 1, 1, null])
    const few = { grades: [null, null, null, null], gain: 0, discordanceRate: 0, tauBar: 0 }
    expect(grades(perfect.slice(0, 4), { lambda: 0.25 })).toEqual(few)
  })
})
