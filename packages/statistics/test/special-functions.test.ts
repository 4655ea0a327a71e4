import { expect, it } from 'vitest'
import { betaCdf, betaQuantile, binomialCdf, normalCdf, normalQuantile } from '../src/index.ts'
import { binomialQuantile } from '../src/special/binomial-quantile.ts'
import { expectNearRelative } from './expect-near.ts'
import { readFixture } from './read-fixture.ts'

type Row = readonly [number, number, number, number, number, number, number]

interface SpecialFunctions {
  readonly qbeta: readonly Row[]
  readonly pbeta: readonly Row[]
  readonly binom: readonly Row[]
  readonly qnorm: readonly Row[]
  readonly pnorm: readonly Row[]
  readonly tolerance: { readonly relative: number }
}

const { binom, pbeta, pnorm, qbeta, qnorm, tolerance } = readFixture<SpecialFunctions>('special_functions')

function column(rows: readonly Row[], index: number): number[] {
  return rows.map((row) => row[index] ?? NaN)
}

it('finds the beta quantiles of R', () => {
  const found = qbeta.map(([p, a, b]) => betaQuantile(p, a, b))
  expectNearRelative(found, column(qbeta, 3), tolerance.relative)
})

it('gives the beta probabilities of R, far into the tails', () => {
  const found = pbeta.map(([x, a, b]) => betaCdf(x, a, b))
  expectNearRelative(found, column(pbeta, 3), tolerance.relative)
})

it('gives the binomial probabilities of R', () => {
  const at = binom.map(([, n, theta, q]) => binomialCdf(q, n, theta))
  const below = binom.map(([, n, theta, q]) => binomialCdf(q - 1, n, theta))
  expectNearRelative(at, column(binom, 4), tolerance.relative)
  expectNearRelative(below, column(binom, 5), tolerance.relative)
})

it('finds the binomial quantiles of R, also where p is a value of the distribution function', () => {
  expect(binom.map(([p, n, theta]) => binomialQuantile(p, n, theta))).toEqual(column(binom, 3))
})

it('gives the normal quantiles and probabilities of R', () => {
  expectNearRelative(
    qnorm.map(([p]) => normalQuantile(p)),
    column(qnorm, 1),
    tolerance.relative,
  )
  expectNearRelative(
    pnorm.map(([x]) => normalCdf(x)),
    column(pnorm, 1),
    tolerance.relative,
  )
})
