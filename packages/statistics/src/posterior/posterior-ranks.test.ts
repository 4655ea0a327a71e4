import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCells } from '../input/cells.ts'
import { createRandom } from '../random/random.ts'
import { sampleBeta } from '../sampling/beta.ts'
import { sampleBinomial } from '../sampling/binomial.ts'
import { computeHyperPosterior } from '../shrinkage/hyper-posterior.ts'
import { countsUpTo, shuffled } from '../testing/arbitraries.ts'
import { COARSE, FINE } from './fineness.ts'
import { makeGroup, sumGroup } from './group.ts'
import { makeNodeLaws } from './node-laws.ts'
import { type PosteriorRank, posteriorRanks } from './posterior-ranks.ts'
import { makeRankLaw, rankGroup } from './rank-law.ts'

const prior = { alpha: 3, beta: 1.5 }
const group = fc.array(countsUpTo(40, 1), { minLength: 1, maxLength: 9 })

function expectAlike(actual: PosteriorRank | null | undefined, expected: PosteriorRank | null | undefined): void {
  for (const key of ['expectedRank', 'probabilityTopQuarter', 'probabilityBottomQuarter'] as const) {
    expect(actual?.[key]).toBeCloseTo(expected?.[key] ?? NaN, 8)
  }
  expect([actual?.low, actual?.high]).toEqual([expected?.low, expected?.high])
}

function drawGroup(
  seed: string,
  { units, whole }: { units: number; whole: number },
): { part: number; whole: number }[] {
  const random = createRandom(seed)
  return Array.from({ length: units }, () => {
    const own = 1 + Math.floor(random.unit() * whole)
    return { part: sampleBinomial(random, own, sampleBeta(random, 9, 2)), whole: own }
  })
}

describe('posteriorRanks', () => {
  it('have expected ranks that add up to those of any order', () => {
    fc.assert(
      fc.property(group, (units) => {
        const sum = posteriorRanks(units, { level: 0.95, prior }).reduce(
          (total, rank) => total + (rank?.expectedRank ?? 0),
          0,
        )
        expect(sum).toBeCloseTo((units.length * (units.length + 1)) / 2, 7)
      }),
    )
  })

  it('do not depend on the order of the units', () => {
    fc.assert(
      fc.property(shuffled(group), ({ list, order }) => {
        const ranks = posteriorRanks(list, { level: 0.9, prior })
        const again = posteriorRanks(
          order.flatMap((place) => list[place] ?? []),
          { level: 0.9, prior },
        )
        for (const [index, place] of order.entries()) expectAlike(again[index], ranks[place])
      }),
      { numRuns: 40 },
    )
  })

  it('are mirrored for lower is better', () => {
    fc.assert(
      fc.property(group, (units) => {
        const higher = posteriorRanks(units, { level: 0.9, prior })
        const lower = posteriorRanks(units, { level: 0.9, prior, better: 'lower' })
        for (const [index, rank] of higher.entries()) {
          expect(lower[index]?.expectedRank).toBeCloseTo(units.length + 1 - (rank?.expectedRank ?? 0), 8)
          expect(lower[index]?.probabilityTopQuarter).toBeCloseTo(rank?.probabilityBottomQuarter ?? NaN, 8)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('widen with the level and hold the best rank of more successes', () => {
    fc.assert(
      fc.property(group, (units) => {
        const [narrow, wide] = [0.7, 0.99].map((level) => posteriorRanks(units, { level, prior }))
        for (const [index, rank] of (narrow ?? []).entries()) {
          expect(wide?.[index]?.low).toBeLessThanOrEqual(rank?.low ?? 0)
          expect(wide?.[index]?.high).toBeGreaterThanOrEqual(rank?.high ?? Infinity)
        }
        const better = units.map((unit, index) => (index === 0 ? { ...unit, part: unit.whole } : unit))
        const raised = posteriorRanks(better, { level: 0.9, prior })[0]?.expectedRank ?? Infinity
        expect(raised).toBeLessThanOrEqual((narrow?.[0]?.expectedRank ?? 0) + 1e-9)
      }),
      { numRuns: 40 },
    )
  })

  it('round a quarter of the table down, to one at least', () => {
    const units = [5, 20, 35, 50, 65, 80, 95].map((part) => ({ part: 1_000 * part, whole: 100_000 }))
    const ranks = posteriorRanks(units, { level: 0.95, prior })
    expect(ranks.map((rank) => Math.round(rank?.probabilityTopQuarter ?? NaN))).toEqual([0, 0, 0, 0, 0, 0, 1])
    expect(ranks.map((rank) => Math.round(rank?.probabilityBottomQuarter ?? NaN))).toEqual([1, 0, 0, 0, 0, 0, 0])
    const three = posteriorRanks(units.slice(0, 3), { level: 0.95, prior })
    expect(three.map((rank) => Math.round(rank?.probabilityTopQuarter ?? NaN))).toEqual([0, 0, 1])
  })

  it('know who is not measured, alone, or nobody', () => {
    const alone = { expectedRank: 1, low: 1, high: 1, probabilityTopQuarter: 1, probabilityBottomQuarter: 1 }
    const measured = { part: 3, whole: 4 }
    const silent = { part: 0, whole: 0 }
    for (const chosen of [{ level: 0.95 }, { level: 0.95, prior }]) {
      expect(posteriorRanks([], chosen)).toEqual([])
      expect(posteriorRanks([silent, silent], chosen)).toEqual([null, null])
      expect(posteriorRanks([silent, measured], chosen)).toEqual([null, alone])
    }
  })

  it('stay numbers where all are perfect, for counts and priors far out', () => {
    const extreme = [1, 10, 1_000_000].map((whole) => ({ part: whole, whole }))
    for (const chosen of [{}, { prior: { alpha: 1e-6, beta: 1e-6 } }, { prior: { alpha: 1e6, beta: 1 } }]) {
      for (const units of [extreme, [...extreme, { part: 0, whole: 1_000_000 }]]) {
        for (const rank of posteriorRanks(units, { level: 0.95, ...chosen })) {
          expect(Object.values(rank ?? {}).every((value) => Number.isFinite(value))).toBe(true)
        }
      }
    }
  })

  it('give the same for the same data', () => {
    const units = drawGroup('same', { units: 70, whole: 30 })
    expect(posteriorRanks(units, { level: 0.95 })).toEqual(posteriorRanks(units, { level: 0.95 }))
  })
})

describe('the learnt distribution', () => {
  it('is averaged over as draws from the whole posterior would be', () => {
    const units = drawGroup('learnt', { units: 9, whole: 12 })
    const nodes = computeHyperPosterior(toCells(units), 'all')
    const random = createRandom('draws')
    let total = 0
    const bounds = Float64Array.from(nodes, ({ weight }) => (total += weight))
    const sums = units.map(() => 0)
    const runs = 6_000
    for (let run = 0; run < runs; run += 1) {
      const mark = random.unit() * total
      const { alpha, beta } = nodes[bounds.findIndex((bound) => bound >= mark)] ?? { alpha: 1, beta: 1 }
      const drawn = units.map(({ part, whole }) => sampleBeta(random, part + alpha, whole - part + beta))
      for (const [index, own] of drawn.entries()) {
        sums[index] = (sums[index] ?? 0) + 1 + drawn.filter((other) => other > own).length
      }
    }
    const ranks = posteriorRanks(units, { level: 0.95 })
    // Standard deviation of a rank among nine is at most 3: four errors of the mean.
    for (const [index, rank] of ranks.entries()) {
      expect(Math.abs((rank?.expectedRank ?? 0) - (sums[index] ?? 0) / runs)).toBeLessThan((4 * 3) / Math.sqrt(runs))
    }
  })
})

describe('the normal form of large groups', () => {
  it.each([
    ['small counts', { units: 130, whole: 20 }],
    ['large counts', { units: 90, whole: 900 }],
  ] as const)('is the exact law to 2e-4, %s', (_, size) => {
    const { cells } = toCells(drawGroup('normal', size))
    const weights = { alpha: 9, beta: 2 }
    const rough = rankGroup(makeGroup(cells, weights, { fineness: COARSE, isMany: true }))
    const fine = makeGroup(cells, weights, { fineness: FINE, isMany: true })
    const sums = sumGroup(fine)
    const exact = { group: fine, sums, laws: makeNodeLaws(fine, sums, Infinity) }
    for (let cell = 0; cell < cells.length; cell += 9) {
      const [ours, theirs] = [makeRankLaw(rough, cell), makeRankLaw(exact, cell)]
      expect(ours.expectedRank).toBeCloseTo(theirs.expectedRank, 4)
      for (let rank = 1; rank <= size.units; rank += 3) {
        expect(Math.abs(ours.cdf(rank) - theirs.cdf(rank))).toBeLessThan(2e-4)
      }
    }
  })
})
