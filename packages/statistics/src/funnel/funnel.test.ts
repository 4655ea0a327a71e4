import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countsUpTo } from '../testing/arbitraries.ts'
import { funnelFlag } from './funnel-flag.ts'
import { funnelLimits } from './funnel-limits.ts'
import { overdispersion } from './overdispersion.ts'

const target = fc.double({ min: 0.01, max: 0.99, noNaN: true })

describe('funnelLimits', () => {
  it('lie around the target, wider for 99.8 % than for 95 %, and narrow as opportunities grow', () => {
    fc.assert(
      fc.property(target, fc.integer({ min: 1, max: 3_000 }), (middle, whole) => {
        const [warning, action] = [funnelLimits(middle, whole, 0.95), funnelLimits(middle, whole, 0.998)]
        expect(0 <= action.low && action.low <= warning.low && warning.high <= action.high && action.high <= 1).toBe(
          true,
        )
        const isCoarse = whole * Math.min(middle, 1 - middle) < 3
        expect(isCoarse || (warning.low <= middle && middle <= warning.high)).toBe(true)
        const [small, large] = [whole, 4 * whole].map((n) => funnelLimits(middle, n, 0.95, { tau2: 0.01 }))
        expect((large?.high ?? 2) - (large?.low ?? 0)).toBeLessThanOrEqual(
          (small?.high ?? 0) - (small?.low ?? 2) + 1e-12,
        )
      }),
    )
  })

  it('are the target itself where luck cannot move it, and everything where nothing is measured', () => {
    expect(funnelLimits(1, 7, 0.95)).toEqual({ low: 1, high: 1 })
    // The interpolated line of a rare event lies below 0 for small wholes.
    expect(funnelLimits(0.01, 1, 0.95)).toEqual({ low: 0, high: 0 })
    expect(funnelLimits(0, 7, 0.95)).toEqual({ low: 0, high: 0 })
    expect(funnelLimits(0.4, 0, 0.95)).toEqual({ low: 0, high: 1 })
  })

  it('by arcsine stop at 0 and 1 instead of folding back', () => {
    expect(funnelLimits(0.02, 5, 0.998, { tau2: 0.02 }).low).toBe(0)
    expect(funnelLimits(0.98, 5, 0.998, { tau2: 0.02 }).high).toBe(1)
    // Worked by hand: asin √0.5 = π/4, reach 1.959964 × √(1/400 + 0.0025).
    expect(funnelLimits(0.5, 100, 0.95, { tau2: 0.0025 }).high).toBeCloseTo(Math.sin(Math.PI / 4 + 0.138_590_4) ** 2, 6)
  })
})

describe('funnelFlag', () => {
  it('does not flag one success of one, or thirty of thirty, against nine in ten', () => {
    expect(funnelFlag({ part: 1, whole: 1 }, 0.9).flagExact).toBe('in')
    expect(funnelFlag({ part: 30, whole: 30 }, 0.9).flagExact).toBe('in')
  })

  it('is mirrored for the failures', () => {
    const mirror = {
      in: 'in',
      low_alert: 'high_alert',
      low_alarm: 'high_alarm',
      high_alert: 'low_alert',
      high_alarm: 'low_alarm',
    }
    fc.assert(
      fc.property(countsUpTo(300), fc.integer({ min: 0, max: 64 }), ({ part, whole }, eighths) => {
        const middle = eighths / 64
        const own = funnelFlag({ part, whole }, middle)
        const other = funnelFlag({ part: whole - part, whole }, 1 - middle)
        expect(other.flagExact).toBe(mirror[own.flagExact])
        expect(own.pLower).toBeCloseTo(other.pUpper, 10)
      }),
    )
  })

  it('finds nothing where nothing is measured, and a fault against a target of all', () => {
    expect(funnelFlag({ part: 0, whole: 0 }, 0.9)).toEqual({ flagExact: 'in', pLower: 1, pUpper: 1 })
    expect(funnelFlag({ part: 9, whole: 10 }, 1).flagExact).toBe('low_alarm')
    expect(funnelFlag({ part: 10, whole: 10 }, 1).flagExact).toBe('in')
  })
})

describe('overdispersion', () => {
  it('is none for equal shares, and leaves out who is not measured', () => {
    const equal = Array.from({ length: 8 }, () => ({ part: 5, whole: 10 }))
    expect(overdispersion(equal, 0.5)).toEqual({ phi: 0, tau2: 0, phiUntrimmed: 0, tau2Untrimmed: 0 })
    const units = [3, 9, 4, 7, 1, 8].map((part) => ({ part, whole: 10 }))
    expect(overdispersion([...units, { part: 0, whole: 0 }], 0.5)).toEqual(overdispersion(units, 0.5))
  })

  it('cannot be told of fewer than five', () => {
    const none = { phi: null, tau2: null, phiUntrimmed: null, tau2Untrimmed: null }
    expect(
      overdispersion(
        [3, 9, 4, 7].map((part) => ({ part, whole: 10 })),
        0.5,
      ),
    ).toEqual(none)
  })
})
