import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { betaCdf } from './beta-cdf.ts'
import { betaQuantile } from './beta-quantile.ts'
import { binomialCdf } from './binomial-cdf.ts'
import { fastNormal } from './fast-normal.ts'
import { gaussLegendre } from './gauss-legendre.ts'
import { hypergeometricUpper } from './hypergeometric-tail.ts'
import { makeLogFactorial } from './log-factorial.ts'
import { logBeta, logGamma } from './log-gamma.ts'
import { log1pMinus } from './log1p-minus.ts'
import { normalCdf } from './normal-cdf.ts'
import { normalQuantile } from './normal-quantile.ts'

const shape = fc.double({ min: -3, max: 13, noNaN: true }).map(Math.exp)
const inside = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })

describe('logGamma', () => {
  it('is the logarithm of the factorials', () => {
    let factorial = 1
    for (let n = 1; n < 30; n += 1) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 12)
      factorial *= n
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14)
    expect(makeLogFactorial(20)(20)).toBeCloseTo(makeLogFactorial(2_000_000)(20), 10)
  })

  it('keeps the recursion of B: B(a + 1, b) = B(a, b) a / (a + b)', () => {
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        expect(logBeta(a + 1, b) - logBeta(a, b)).toBeCloseTo(Math.log(a / (a + b)), 7)
      }),
    )
  })

  it('loses nothing of ln(1 + u) − u near 0 and where the series ends', () => {
    expect(log1pMinus(1e-8)).toBeCloseTo(-5e-17, 24)
    expect(log1pMinus(0.35)).toBeCloseTo(Math.log(1.35) - 0.35, 14)
    expect(log1pMinus(-0.3499)).toBeCloseTo(Math.log(0.6501) + 0.3499, 14)
  })
})

describe('beta probabilities and quantiles', () => {
  it('are each other’s inverse', () => {
    fc.assert(
      fc.property(inside, shape, shape, (p, a, b) => {
        const x = betaQuantile(p, a, b)
        if (x > 0 && x < 1 - 1e-9) expect(betaCdf(x, a, b)).toBeCloseTo(p, 7)
      }),
    )
  })

  it('are mirrored when the two shapes change places', () => {
    fc.assert(
      fc.property(inside, shape, shape, (x, a, b) => {
        expect(betaCdf(x, a, b)).toBeCloseTo(1 - betaCdf(1 - x, b, a), 9)
      }),
    )
  })

  it('end at 0 and 1', () => {
    expect([betaCdf(0, 2, 3), betaCdf(1, 2, 3), betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1, 0, 1])
  })
})

describe('binomialCdf', () => {
  it('is 0 below 0, 1 from n on, and certain for the chances 0 and 1', () => {
    expect([binomialCdf(-1, 5, 0.3), binomialCdf(5, 5, 0.3), binomialCdf(9, 5, 0.3)]).toEqual([0, 1, 1])
    expect([binomialCdf(0, 5, 0), binomialCdf(4, 5, 1), binomialCdf(0, 0, 0.4)]).toEqual([1, 0, 1])
  })

  it('is the sum of its terms', () => {
    let [term, sum] = [0.7 ** 12, 0]
    for (let k = 0; k <= 12; k += 1) {
      sum += term
      expect(binomialCdf(k, 12, 0.3)).toBeCloseTo(sum, 13)
      term *= ((12 - k) / (k + 1)) * (0.3 / 0.7)
    }
  })
})

describe('the normal distribution', () => {
  it('is symmetric, and its quantile the inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (x) => {
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 14)
        expect(normalQuantile(normalCdf(x))).toBeCloseTo(x, 6)
      }),
    )
  })

  it('reaches its ends at infinity', () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1])
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity])
  })

  it('is interpolated to 1e-13, with the skewness it is told', () => {
    for (let x = -9; x < 9; x += 0.0137) {
      expect(Math.abs(fastNormal(x) - normalCdf(x))).toBeLessThan(1e-12)
      const bent = normalCdf(x) + 0.02 * (1 - x * x) * (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI))
      expect(Math.abs(fastNormal(x, 0.02) - Math.min(1, Math.max(0, bent)))).toBeLessThan(1e-8)
    }
  })
})

it('integrates polynomials up to degree 2n − 1 exactly: Gauss–Legendre', () => {
  for (const count of [2, 5, 8]) {
    const { nodes, weights } = gaussLegendre(count)
    for (let degree = 0; degree < 2 * count; degree += 1) {
      const found = nodes.reduce((sum, x, i) => sum + (weights[i] ?? 0) * x ** degree, 0)
      expect(found).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 13)
    }
  }
})

it('sums the hypergeometric law on both sides of its mode', () => {
  const [total, marked, draws] = [40, 15, 12]
  const choose = (n: number, k: number): number => Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1))
  let sum = 0
  for (let k = 12; k >= 0; k -= 1) {
    sum += (choose(marked, k) * choose(total - marked, draws - k)) / choose(total, draws)
    expect(hypergeometricUpper(k, total, marked, draws)).toBeCloseTo(sum, 12)
  }
})
