import { describe, expect, it } from 'vitest'
import { clopperPearsonInterval, jeffreysInterval, newcombeDifference, wilsonInterval } from '../src/index.ts'
import { expectNear } from './expect-near.ts'
import { readFixture } from './read-fixture.ts'

type Pair = readonly [number, number]

interface Intervals {
  readonly tolerance: { readonly abs: number }
  readonly cases: readonly {
    readonly k: number
    readonly n: number
    readonly level: number
    readonly wilson: Pair
    readonly clopperPearson: Pair
    readonly jeffreys: Pair
  }[]
  readonly published: readonly {
    readonly level?: number
    readonly rows: readonly { readonly k: number; readonly n: number; readonly exact?: Pair; readonly wilson?: Pair }[]
  }[]
}

interface Newcombe {
  readonly level: number
  readonly tolerance: { readonly published: number; readonly computed: number }
  readonly rows: readonly NewcombeRow[]
  readonly extra: readonly NewcombeRow[]
}

interface NewcombeRow {
  readonly k1: number
  readonly n1: number
  readonly k2: number
  readonly n2: number
  readonly published4dp?: Pair
  readonly computed: Pair
}

describe('intervals of one share', () => {
  const { cases, published, tolerance } = readFixture<Intervals>('intervals_binomial')

  it.each([
    ['wilson', wilsonInterval],
    ['clopperPearson', clopperPearsonInterval],
    ['jeffreys', jeffreysInterval],
  ] as const)('agrees with every case of %s', (name, interval) => {
    const found = cases.map(({ k, level, n }) => interval({ part: k, whole: n }, level))
    expect(found.length).toBe(291)
    expectNear(
      found.flatMap(({ high, low }) => [low, high]),
      cases.flatMap((one) => one[name]),
      tolerance.abs,
    )
  })

  it('agrees with the published intervals of the R package binom', () => {
    const [binom] = published
    const rows = binom?.rows ?? []
    const level = binom?.level ?? 0.95
    expect(rows.length).toBeGreaterThan(0)
    for (const { exact, k, n, wilson } of rows) {
      const counts = { part: k, whole: n }
      const [first, second] = [clopperPearsonInterval(counts, level), wilsonInterval(counts, level)]
      if (exact !== undefined) expectNear([first.low, first.high], exact, 1e-7)
      if (wilson !== undefined) expectNear([second.low, second.high], wilson, 1e-7)
    }
  })
})

describe('newcombeDifference', () => {
  const { extra, level, rows, tolerance } = readFixture<Newcombe>('newcombe_difference')
  const ends = ({ k1, k2, n1, n2 }: NewcombeRow): number[] => {
    const { high, low } = newcombeDifference({ part: k1, whole: n1 }, { part: k2, whole: n2 }, level)
    return [low, high]
  }

  it('agrees with Table II of the article', () => {
    for (const row of rows) expectNear(ends(row), row.published4dp ?? row.computed, tolerance.published)
  })

  it('agrees with the computed intervals', () => {
    for (const row of [...rows, ...extra]) expectNear(ends(row), row.computed, tolerance.computed)
  })
})
