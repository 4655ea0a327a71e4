import stdlibBetaCdf from '@stdlib/stats-base-dists-beta-cdf'
import stdlibBetaQuantile from '@stdlib/stats-base-dists-beta-quantile'
import stdlibBinomialCdf from '@stdlib/stats-base-dists-binomial-cdf'
import stdlibHypergeometricCdf from '@stdlib/stats-base-dists-hypergeometric-cdf'
import stdlibNormalCdf from '@stdlib/stats-base-dists-normal-cdf'
import stdlibNormalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { betaCdf, betaQuantile, binomialCdf, fisherOneSided, normalCdf, normalQuantile } from '../src/index.ts'
import { expectNear, expectNearRelative } from './expect-near.ts'

/** Shapes from very small to very large, evenly in their logarithm. */
const shape = fc.double({ min: Math.log(0.05), max: Math.log(20_000), noNaN: true }).map(Math.exp)
const probability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true })
/** Their normal quantile loses digits further out. */
const central = fc.double({ min: 1e-3, max: 1 - 1e-3, noNaN: true })

/** Below this, and where it has lost its digits, the other library is no oracle. */
const SMALLEST = 1e-250

describe('the distributions agree with @stdlib', () => {
  it('on beta probabilities', () => {
    fc.assert(
      fc.property(probability, shape, shape, (x, a, b) => {
        const theirs = stdlibBetaCdf(x, a, b)
        if (theirs > SMALLEST) expectNearRelative([betaCdf(x, a, b)], [theirs], 1e-9)
      }),
      { numRuns: 1_000 },
    )
  })

  it('on beta quantiles, up to what the probability of its answer tells', () => {
    fc.assert(
      fc.property(probability, shape, shape, (p, a, b) => {
        const [ours, theirs] = [betaQuantile(p, a, b), stdlibBetaQuantile(p, a, b)]
        if (theirs > 1e-12 && theirs < 1 - 1e-12) expectNearRelative([ours], [theirs], 1e-7)
      }),
      { numRuns: 300 },
    )
  })

  it('on binomial probabilities', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), probability, probability, (n, share, p) => {
        const k = Math.floor(share * (n + 1))
        const theirs = stdlibBinomialCdf(k, n, p)
        if (theirs > SMALLEST) expectNearRelative([binomialCdf(k, n, p)], [theirs], 1e-9)
      }),
      { numRuns: 1_000 },
    )
  })

  it('on normal probabilities and quantiles', () => {
    fc.assert(
      fc.property(fc.double({ min: -35, max: 9, noNaN: true }), central, (x, p) => {
        expectNearRelative([normalCdf(x)], [stdlibNormalCdf(x, 0, 1)], 1e-10)
        expectNear([normalQuantile(p)], [stdlibNormalQuantile(p, 0, 1)], 1e-9)
      }),
      { numRuns: 1_000 },
    )
  })

  it("on Fisher's one-sided test", () => {
    const counts = fc
      .record({ whole: fc.integer({ min: 1, max: 60 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
      .map(({ share, whole }) => ({ part: Math.round(share * whole), whole }))
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const theirs = 1 - stdlibHypergeometricCdf(a.part - 1, a.whole + b.whole, a.part + b.part, a.whole)
        expectNear([fisherOneSided(a, b)], [theirs], 1e-9)
      }),
      { numRuns: 500 },
    )
  })
})
