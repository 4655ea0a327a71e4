import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ratio } from '../ratio/ratio.ts'
import { tabulateFunnel } from './tabulate-funnel.ts'

const many = (count: number, unit: Ratio): Ratio[] => Array.from({ length: count }, () => unit)

describe('a funnel', () => {
  it('flags by the exact tail: 10 of 10 lies above the line and is nothing special', () => {
    const { lines, rows, target } = tabulateFunnel([...many(9, { part: 8, whole: 10 }), { part: 10, whole: 10 }])
    expect(target).toBe(0.82)
    const line = lines.find(({ whole }) => whole === 10)
    expect(line?.inner.high).toBeLessThan(1)
    expect(rows[9]).toMatchObject({ share: 1, flag: 'in', tail: expect.closeTo(0.82 ** 10, 12) as number })
  })

  it('tells an alert from an alarm on either side', () => {
    const peers = many(40, { part: 90, whole: 100 })
    const flagOf = (part: number) => tabulateFunnel([...peers, { part, whole: 100 }]).rows[40]?.flag
    expect([60, 82, 90, 97, 100].map(flagOf)).toEqual(['low_alarm', 'low_alert', 'in', 'high_alert', 'high_alarm'])
  })

  it('holds each of a few units against the others', () => {
    const own = tabulateFunnel([
      { part: 0, whole: 20 },
      { part: 20, whole: 20 },
    ])
    expect(own).toMatchObject({ isAgainstOthers: true, target: 0.5 })
    expect(own.rows.map(({ flag }) => flag)).toEqual(['low_alarm', 'high_alarm'])
    expect(tabulateFunnel(many(10, { part: 5, whole: 10 })).isAgainstOthers).toBe(false)
  })

  it('says nothing of a unit alone, nor of one without an opportunity', () => {
    const alone = tabulateFunnel([{ part: 3, whole: 4 }])
    expect(alone.rows[0]).toMatchObject({ share: 0.75, flag: 'in', tail: 1 })
    const { measuredCount, rows } = tabulateFunnel([
      { part: 0, whole: 0 },
      { part: 1, whole: 2 },
    ])
    expect(rows[0]).toEqual({ part: 0, whole: 0, share: null, interval: null, flag: 'in', tail: 1 })
    expect(measuredCount).toBe(1)
    expect(tabulateFunnel([])).toMatchObject({ target: null, rows: [], lines: [], spread: null, byLuck: 0 })
    expect(tabulateFunnel(many(3, { part: 0, whole: 0 }))).toMatchObject({ target: null, measuredCount: 0, lines: [] })
  })

  it('goes by the share of the whole group where only part of it is seen', () => {
    const seen = [{ part: 1, whole: 20 }]
    expect(tabulateFunnel(seen, { groupShare: 0.9 })).toMatchObject({ target: 0.9, isAgainstOthers: false })
    expect(tabulateFunnel(seen, { groupShare: 0.9 }).rows[0]?.flag).toBe('low_alarm')
    expect(tabulateFunnel(seen, { groupShare: null })).toMatchObject({ target: null, spread: null, lines: [] })
    expect(tabulateFunnel(seen, { groupShare: null }).rows[0]).toMatchObject({ flag: 'in', tail: 1 })
  })

  it('says where a group differs more than luck makes it, and only there', () => {
    const torn = [...many(10, { part: 40, whole: 50 }), ...many(10, { part: 15, whole: 50 })]
    expect(tabulateFunnel(torn).spread).toMatchObject({ unitCount: 20, isMoreThanLuck: true })
    expect(tabulateFunnel(many(20, { part: 30, whole: 50 })).spread).toMatchObject({ phi: 0, isMoreThanLuck: false })
    // Nothing is expected to fail: no unit tells of the spread.
    expect(tabulateFunnel(many(20, { part: 50, whole: 50 })).spread).toBeNull()
    expect(tabulateFunnel(many(12, { part: 1, whole: 2 })).byLuck).toBeCloseTo(0.6, 12)
  })

  it('draws a line through every number of opportunities, and evenly through many', () => {
    const wholes = (whole: number) => tabulateFunnel([{ part: 1, whole }]).lines.map((line) => line.whole)
    expect(wholes(3)).toEqual([1, 2, 3])
    const wide = wholes(5_000)
    expect([wide.length, wide[0], wide.at(-1)]).toEqual([240, 1, 5_000])
  })

  it('holds only numbers, whatever is counted', () => {
    const ratios = fc.array(
      fc.tuple(fc.nat(12), fc.nat(12)).map(([a, b]) => ({ part: Math.min(a, b), whole: Math.max(a, b) })),
      { maxLength: 14 },
    )
    fc.assert(
      fc.property(ratios, (units) => {
        const text = JSON.stringify(tabulateFunnel(units), (_, value: unknown) =>
          typeof value === 'number' && !Number.isFinite(value) ? 'not a number' : value,
        )
        expect(text).not.toContain('not a number')
      }),
    )
  })
})
