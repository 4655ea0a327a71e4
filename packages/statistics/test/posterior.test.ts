import { describe, expect, it } from 'vitest'
import { grades, pairProbability, posteriorRanks, rankability } from '../src/index.ts'
import { FINE } from '../src/posterior/fineness.ts'
import { gradeBlocks } from '../src/posterior/grade-blocks.ts'
import { makeGroup } from '../src/posterior/group.ts'
import { makeRankLaw, rankGroup } from '../src/posterior/rank-law.ts'
import { fitBetaBinomial } from '../src/shrinkage/fit-beta-binomial.ts'
import { toCells } from '../src/input/cells.ts'
import { expectNear, expectNearRelative } from './expect-near.ts'
import { readFixture } from './read-fixture.ts'

interface Expected {
  readonly units: readonly {
    readonly expectedRank: number
    readonly interval95: readonly [number, number]
    readonly interval90: readonly [number, number]
    readonly pTopQuarter: number
    readonly pBottomQuarter: number
    readonly pmf: readonly number[]
  }[]
  readonly pairwiseP_iBetterThan_j: readonly (readonly number[])[]
}

interface Surgical {
  readonly input: { readonly r: readonly number[]; readonly n: readonly number[] }
  readonly expected: {
    readonly fixedBeta11: Expected
    readonly empiricalBayesBetaBinomialML: Expected & {
      readonly hyper: { readonly alpha: number; readonly beta: number; readonly M: number }
    }
  }
  readonly tolerance: { readonly expectedRank: number; readonly pmf: number }
}

const { expected, input, tolerance } = readFixture<Surgical>('rank_posterior_surgical')
const { hyper } = expected.empiricalBayesBetaBinomialML
/** Deaths of twelve units: fewer is better. */
const surgical = input.r.map((part, index) => ({ part, whole: input.n[index] ?? 0 }))

describe.each([
  ['the uniform prior', { alpha: 1, beta: 1 }, expected.fixedBeta11],
  ['the fitted prior', { alpha: hyper.alpha, beta: hyper.beta }, expected.empiricalBayesBetaBinomialML],
] as const)('the twelve surgical units under %s', (_, prior, published) => {
  it('have the expected ranks and quarters', () => {
    const ranks = posteriorRanks(surgical, { level: 0.95, better: 'lower', prior })
    expectNear(
      ranks.map((rank) => rank?.expectedRank ?? null),
      published.units.map(({ expectedRank }) => expectedRank),
      tolerance.expectedRank,
    )
    expectNear(
      ranks.flatMap((rank) => [rank?.probabilityTopQuarter ?? null, rank?.probabilityBottomQuarter ?? null]),
      published.units.flatMap(({ pBottomQuarter, pTopQuarter }) => [pTopQuarter, pBottomQuarter]),
      tolerance.pmf,
    )
  })

  it.each([
    [0.95, 'interval95'],
    [0.9, 'interval90'],
  ] as const)('have the intervals at %d', (level, name) => {
    const ranks = posteriorRanks(surgical, { level, better: 'lower', prior })
    expect(ranks.map((rank) => [rank?.low, rank?.high])).toEqual(published.units.map((unit) => unit[name]))
  })

  it('have the probability of each rank', () => {
    const cells = surgical.map(({ part, whole }) => ({ part: whole - part, whole, count: 1 }))
    const turned = { alpha: prior.beta, beta: prior.alpha }
    const ranked = rankGroup(makeGroup(cells, turned, { fineness: FINE, isMany: false }))
    for (const [index, { pmf }] of published.units.entries()) {
      const { cdf } = makeRankLaw(ranked, index)
      const found = pmf.map((_probability, rank) => cdf(rank + 1) - (rank === 0 ? 0 : cdf(rank)))
      expectNear(found, pmf, tolerance.pmf)
    }
  })

  it('have the probability of each pair', () => {
    for (const [i, row] of published.pairwiseP_iBetterThan_j.entries()) {
      const own = surgical[i] ?? { part: 0, whole: 0 }
      const found = surgical.map((other, j) => (i === j ? 0 : pairProbability(own, other, { better: 'lower', prior })))
      expectNear(found, row, tolerance.pmf)
    }
  })
})

describe('what the surgical units tell of their group', () => {
  it('is fitted by the published beta distribution', () => {
    const { mean, precision } = fitBetaBinomial(toCells(surgical))
    expectNearRelative([mean * precision, (1 - mean) * precision], [hyper.alpha, hyper.beta], 1e-4)
    const wholes = input.n.map((n) => 1 / n).sort((a, b) => a - b)
    const middle = ((wholes[5] ?? 0) + (wholes[6] ?? 0)) / 2
    expectNear([rankability(surgical)], [1 / (1 + hyper.M * middle)], 1e-4)
  })
})

interface GradeCase {
  readonly set: string
  readonly indices?: readonly number[]
  readonly lambda: number
  readonly P?: readonly (readonly number[])[]
  readonly levels_topIs0: readonly number[]
  readonly dpGain?: number
  readonly gain?: number
  readonly discordanceRate: number
  readonly tauBar: number
  readonly dpEqualsBruteForce?: boolean
}

interface GradeFile {
  readonly bruteForce: readonly GradeCase[]
  readonly dpContiguousOverExpectedRankOrder: readonly GradeCase[]
  readonly tolerance: { readonly gain: number }
}

describe('grades', () => {
  const file = readFixture<GradeFile>('grades_krw')
  const uniform = [...file.bruteForce, ...file.dpContiguousOverExpectedRankOrder].filter(({ set }) =>
    set.startsWith('surgical'),
  )

  it.each(uniform.map((one) => [one.set, one.lambda, one] as const))('grade %s at λ = %d', (_, lambda, one) => {
    const units = (one.indices ?? surgical.map((_unit, index) => index)).flatMap((index) => surgical[index] ?? [])
    const found = grades(units, { lambda, better: 'lower', prior: { alpha: 1, beta: 1 } })
    expect(found.grades).toEqual(one.levels_topIs0.map((level) => level + 1))
    expectNear(
      [found.gain, found.discordanceRate, found.tauBar],
      [one.dpGain ?? one.gain ?? NaN, one.discordanceRate, one.tauBar],
      file.tolerance.gain,
    )
  })

  it.each(file.bruteForce.map((one) => [one.set, one.lambda, one] as const))(
    'divide the order of %s at λ = %d as best can be',
    (_, lambda, one) => {
      const table = one.P ?? []
      const expectedRank = table.map((row) => row.reduce((sum, probability) => sum + 1 - probability, 0))
      const order = table.map((_row, index) => index).sort((a, b) => (expectedRank[a] ?? 0) - (expectedRank[b] ?? 0))
      const { gain } = gradeBlocks(order.length, lambda, (j) => (i) => table[order[i] ?? 0]?.[order[j] ?? 0] ?? 0)
      expectNear([gain], [one.dpGain ?? NaN], file.tolerance.gain)
    },
  )
})
