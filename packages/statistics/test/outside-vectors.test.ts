import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import {
  type Counts,
  funnelFlag,
  funnelLimits,
  marginalRankSet,
  overdispersion,
  proportionChart,
  rankability,
  rankSetsNormal,
  xmrChart,
} from '../src/index.ts'
import { toCells } from '../src/input/cells.ts'
import { marginalCriticalValue } from '../src/ranks/marginal-critical-value.ts'
import { fitBetaBinomial } from '../src/shrinkage/fit-beta-binomial.ts'
import { expectNear, expectNearRelative } from './expect-near.ts'

/**
 * Figures that hold data of other packages and may not be copied: read where they lie, beside the repository or where ZHIDU_GOLDEN says.
 * Where they are not, `own_*.json` holds the same methods to invented inputs.
 */
const FOLDER = process.env['ZHIDU_GOLDEN'] ?? fileURLToPath(new URL('../../../../shared/golden', import.meta.url))
const isThere = existsSync(`${FOLDER}/INDEX.json`)

/** Safe: a wrong shape fails the test that reads it. */
function read<T>(name: string): T {
  return JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8')) as T
}

function toCounts(parts: readonly number[], wholes: readonly number[]): Counts[] {
  return parts.map((part, index) => ({ part, whole: wholes[index] ?? 0 }))
}

interface Sets {
  readonly L: readonly number[]
  readonly U: readonly number[]
}

function checkPisa(): void {
  const { domains } = read<{
    domains: Record<
      string,
      {
        estimate: number[]
        se: number[]
        marginal95: Sets & { critFirst: number[] }
        holm95_normalPairs?: Sets
      }
    >
  }>('csranks_pisa2018')
  for (const { estimate, holm95_normalPairs: holm, marginal95, se } of Object.values(domains)) {
    const units = estimate.map((value, index) => ({ value, standardError: se[index] ?? 0 }))
    const sets = rankSetsNormal(units, { level: 0.95 })
    if (holm !== undefined) {
      expect({ L: sets.map(({ low }) => low), U: sets.map(({ high }) => high) }).toEqual({ L: holm.L, U: holm.U })
    }
    const alone = units.map((_, index) => marginalRankSet(units, index, { level: 0.95 }))
    expect(alone.map((set) => set?.low)).toEqual(marginal95.L)
    expect(alone.map((set) => set?.high)).toEqual(marginal95.U)
    const criticals = units.map((own) => {
      const others = units.filter((unit) => unit !== own)
      const pairs = others.map(({ standardError }) => ({ standardError, isAboveOpen: true, isBelowOpen: true }))
      return marginalCriticalValue(own, pairs, 0.95)
    })
    expectNear(criticals, marginal95.critFirst, 1e-10)
  }
}

function checkFunnel(): void {
  interface Limit {
    limitClipped: number
  }
  const { exactFlags, interpolatedLimits } = read<{
    interpolatedLimits: (Record<'lo95' | 'hi95' | 'lo998' | 'hi998', Limit> & { theta: number; n: number })[]
    exactFlags: { cases: { k: number; n: number; theta: number; pLower: number; pUpper: number; flagExact: string }[] }
  }>('funnel_binomial')
  for (const { hi95, hi998, lo95, lo998, n, theta } of interpolatedLimits) {
    const [warning, action] = [funnelLimits(theta, n, 0.95), funnelLimits(theta, n, 0.998)]
    expectNear([warning.low, warning.high], [lo95.limitClipped, hi95.limitClipped], 1e-9)
    expectNear([action.low, action.high], [lo998.limitClipped, hi998.limitClipped], 1e-9)
  }
  for (const { flagExact, k, n, pLower, pUpper, theta } of exactFlags.cases) {
    const found = funnelFlag({ part: k, whole: n }, theta)
    expect(found.flagExact).toBe(flagExact)
    expectNear([found.pLower, found.pUpper], [pLower, pUpper], 1e-9)
  }
}

/** Where sin² would fold back beyond 0 or 1 our limits stay there; the package's do not. */
function checkOverdispersion(): void {
  type Limits = Record<'number_seq' | 'odll95' | 'odul95' | 'odll998' | 'odul998', number[]>
  const { expected } = read<{
    expected: Record<
      string,
      {
        type: string
        trim_by: number
        target: number
        phi: number
        tau2: number
        units: { numerator: number[]; denominator: number[] }
        limitsOD: Limits
      }
    >
  }>('funnel_overdispersion')
  for (const { limitsOD, phi, target, tau2, trim_by: trim, type, units } of Object.values(expected)) {
    if (type !== 'PR') continue
    const found = overdispersion(toCounts(units.numerator, units.denominator), target, { trim })
    expectNear([found.phi, found.tau2], [phi, tau2], 1e-6)
    for (const [index, whole] of limitsOD.number_seq.entries()) {
      const [warning, action] = [0.95, 0.998].map((probability) => funnelLimits(target, whole, probability, { tau2 }))
      const ours = [warning?.low ?? NaN, warning?.high ?? NaN, action?.low ?? NaN, action?.high ?? NaN]
      const theirs = [limitsOD.odll95, limitsOD.odul95, limitsOD.odll998, limitsOD.odul998].map(
        (all) => all[index] ?? NaN,
      )
      const inside = ours.map((limit, place) => (limit === 0 || limit === 1 ? limit : (theirs[place] ?? NaN)))
      expectNear(ours, inside, 1e-6)
    }
  }
}

function checkScores(): void {
  const { expected, input } = read<{ input: { y: number[]; se: number[] }; expected: { rankability_REML: number } }>(
    'rank_expected_normal_ny31',
  )
  const units = input.y.map((value, index) => ({ value, standardError: input.se[index] ?? 0 }))
  expectNear([rankability(units)], [expected.rankability_REML], 1e-5)
}

function checkBaseball(): void {
  const { expected, input } = read<{
    input: { hits: number[]; atBats: number[] }
    expected: { betaBinomialML: { alpha: number; beta: number; M: number } }
  }>('eb_baseball')
  const units = toCounts(input.hits, input.atBats)
  const { mean, precision } = fitBetaBinomial(toCells(units))
  const { alpha, beta, M } = expected.betaBinomialML
  expectNearRelative([mean * precision, (1 - mean) * precision], [alpha, beta], 1e-4)
  expectNear([rankability(units)], [45 / (45 + M)], 1e-6)
}

function checkXmr(): void {
  const { cases } = read<{
    cases: Record<
      string,
      {
        y: number[]
        screen_outliers: boolean
        fix_after_n_points: number | null
        rebase: number[] | null
        mean: number[]
        lpl: (number | null)[]
        upl: (number | null)[]
        relative_to_mean: number[]
        outside: (boolean | null)[]
        close: (boolean | null)[]
        special: string[]
        point_type: string[]
      }
    >
  }>('spc_xmr')
  for (const [name, one] of Object.entries(cases)) {
    const chart = xmrChart(one.y, {
      screenOutliers: one.screen_outliers,
      ...(one.fix_after_n_points !== null && { fixAfterNPoints: one.fix_after_n_points }),
      ...(one.rebase !== null && { rebase: one.rebase }),
    })
    expectNear(chart.mean, one.mean, 1e-9)
    expect(chart.relativeToMean).toEqual(one.relative_to_mean)
    expect(chart.special).toEqual(one.special)
    expect(chart.pointType).toEqual(one.point_type)
    // R has no limits for a flat series; ours are its mean.
    if (name === 'flat') continue
    expectNear(chart.lpl, one.lpl, 1e-9)
    expectNear(chart.upl, one.upl, 1e-9)
    expect(chart.outside).toEqual(one.outside)
    expect(chart.close).toEqual(one.close)
  }
}

function checkShares(): void {
  interface Chart {
    k: number[]
    n: number[]
    cl: number
    p_lcl: number[]
    p_ucl: number[]
    pprime_lcl: number[]
    pprime_ucl: number[]
    iprime_lcl: number[]
    iprime_ucl: number[]
  }
  const { cases, published } = read<{
    cases: { 'montgomery_7.4': Chart; ontime_small_n: Chart; 'montgomery_6.5': { y: number[]; freeze: number } }
    published: { 'Montgomery ex 6.5 loan cost': { cl: number; ucl: number; lcl: number } }
  }>('spc_attribute_charts')
  for (const one of [cases['montgomery_7.4'], cases.ontime_small_n]) {
    const { cl, iprime, p, pprime } = proportionChart(toCounts(one.k, one.n))
    expectNear([cl], [one.cl], 1e-9)
    expectNear([...p.lcl, ...p.ucl], [...one.p_lcl, ...one.p_ucl], 1e-9)
    expectNear([...pprime.lcl, ...pprime.ucl], [...one.pprime_lcl, ...one.pprime_ucl], 1e-9)
    expectNear([...iprime.lcl, ...iprime.ucl], [...one.iprime_lcl, ...one.iprime_ucl], 1e-9)
  }
  const { freeze, y } = cases['montgomery_6.5']
  const { lpl, mean, upl } = xmrChart(y, { fixAfterNPoints: freeze, screenOutliers: false })
  const { cl, lcl, ucl } = published['Montgomery ex 6.5 loan cost']
  expectNear([mean[0] ?? NaN, lpl[0] ?? NaN, upl[0] ?? NaN], [cl, lcl, ucl], 0.006)
}

const CHECKS = [
  ['PISA 2018: Holm and marginal rank sets', checkPisa],
  ['funnel limits and flags', checkFunnel],
  ['over-dispersion and its limits', checkOverdispersion],
  ['rankability of 31 hospitals', checkScores],
  ['the beta-binomial of 18 batters', checkBaseball],
  ['XmR limits and signals', checkXmr],
  ['charts of shares', checkShares],
] as const

/** Stands in for the checks where there is nothing to check against. */
function sayAbsent(): void {
  process.stdout.write(`no reference figures in ${FOLDER}; set ZHIDU_GOLDEN to check against them\n`)
  expect(isThere).toBe(false)
}

const checks: (readonly [string, () => void])[] = isThere
  ? [...CHECKS]
  : [['nothing: they are not here, own inputs stand in for them', sayAbsent]]

it.each(checks)('figures that may not be copied agree with %s', { timeout: 60_000 }, (_, check) => {
  expect.hasAssertions()
  check()
})
