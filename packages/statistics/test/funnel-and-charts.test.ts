import { describe, expect, it } from 'vitest'
import {
  type Counts,
  funnelFlag,
  funnelLimits,
  overdispersion,
  type PointLimits,
  proportionChart,
} from '../src/index.ts'
import { runLimits } from '../src/charts/runs.ts'
import { expectNear } from './expect-near.ts'
import { readFixture } from './read-fixture.ts'

interface OwnFunnel {
  readonly limits: readonly {
    readonly target: number
    readonly whole: number
    readonly low95: number
    readonly high95: number
    readonly low998: number
    readonly high998: number
  }[]
  readonly flags: readonly (Counts & {
    readonly target: number
    readonly flagExact: string
    readonly pLower: number
    readonly pUpper: number
  })[]
  readonly overdispersion: {
    readonly part: readonly number[]
    readonly whole: readonly number[]
    readonly target: number
    readonly results: readonly { readonly trim: number; readonly phi: number; readonly tau2: number }[]
  }
  readonly tolerance: { readonly abs: number }
}

describe('the funnel', () => {
  const file = readFixture<OwnFunnel>('own_funnel')

  it('draws the interpolated binomial limits', () => {
    for (const { high95, high998, low95, low998, target, whole } of file.limits) {
      const [warning, action] = [funnelLimits(target, whole, 0.95), funnelLimits(target, whole, 0.998)]
      expectNear([warning.low, warning.high], [low95, high95], file.tolerance.abs)
      expectNear([action.low, action.high], [low998, high998], file.tolerance.abs)
    }
  })

  it('flags by the exact tail, not by the line', () => {
    for (const { flagExact, pLower, pUpper, part, target, whole } of file.flags) {
      const found = funnelFlag({ part, whole }, target)
      expect(found.flagExact).toBe(flagExact)
      expectNear([found.pLower, found.pUpper], [pLower, pUpper], file.tolerance.abs)
    }
  })

  it('measures spread beyond luck at every trim', () => {
    const { part, results, target, whole } = file.overdispersion
    const units = part.map((count, index) => ({ part: count, whole: whole[index] ?? 0 }))
    for (const { phi, tau2, trim } of results) {
      const found = overdispersion(units, target, { trim })
      expectNear([found.phi, found.tau2], [phi, tau2], file.tolerance.abs)
    }
    const [, untrimmed] = results
    const { phiUntrimmed, tau2Untrimmed } = overdispersion(units, target)
    expectNear([phiUntrimmed, tau2Untrimmed], [untrimmed?.phi ?? NaN, untrimmed?.tau2 ?? NaN], file.tolerance.abs)
  })
})

interface OwnCharts {
  readonly charts: readonly {
    readonly part: readonly number[]
    readonly whole: readonly number[]
    readonly cl: number
    readonly p: PointLimits
    readonly pprime: PointLimits
    readonly iprime: PointLimits
  }[]
  readonly anhoej: readonly {
    readonly nUseful: number
    readonly longestRunMax: number
    readonly crossingsMin: number
  }[]
  readonly tolerance: { readonly abs: number }
}

describe('the chart of shares', () => {
  const { anhoej, charts, tolerance } = readFixture<OwnCharts>('own_charts')

  it.each(charts.map((chart, index) => [index, chart] as const))('has p, p′ and I′ limits, series %d', (_, chart) => {
    const found = proportionChart(chart.part.map((part, index) => ({ part, whole: chart.whole[index] ?? 0 })))
    expectNear([found.cl], [chart.cl], tolerance.abs)
    for (const kind of ['p', 'pprime', 'iprime'] as const) {
      expectNear(found[kind].lcl, chart[kind].lcl, tolerance.abs)
      expectNear(found[kind].ucl, chart[kind].ucl, tolerance.abs)
    }
  })

  it('allows runs as long, and crossings as few, as their number makes likely', () => {
    for (const { crossingsMin, longestRunMax, nUseful } of anhoej) {
      expect(runLimits(nUseful)).toEqual({ longestRunMax, crossingsMin })
    }
  })
})
