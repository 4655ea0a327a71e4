import { describe, it } from 'vitest'
import { shrinkRates } from '../src/index.ts'
import { expectNear } from './expect-near.ts'
import { readFixture } from './read-fixture.ts'

interface FullBayes {
  readonly sets: Readonly<
    Record<
      string,
      {
        readonly k: readonly number[]
        readonly n: readonly number[]
        readonly units: readonly { readonly mean: number; readonly lo: number; readonly hi: number }[]
      }
    >
  >
  readonly tolerance: { readonly mean: number; readonly bounds: number }
}

describe('shrinkRates', () => {
  const { sets, tolerance } = readFixture<FullBayes>('eb_fullbayes')

  it.each(Object.entries(sets))('agrees on %s with a dense grid', (_, { k, n, units }) => {
    const rates = shrinkRates(
      k.map((part, index) => ({ part, whole: n[index] ?? 0 })),
      { level: 0.95 },
    )
    const bounds = (pairs: readonly (readonly [number, number])[]): number[] => pairs.flat()
    expectNear(
      rates.map(({ mean }) => mean),
      units.map(({ mean }) => mean),
      tolerance.mean,
    )
    expectNear(
      bounds(rates.map(({ high, low }) => [low, high])),
      bounds(units.map(({ hi, lo }) => [lo, hi])),
      tolerance.bounds,
    )
  })
})
