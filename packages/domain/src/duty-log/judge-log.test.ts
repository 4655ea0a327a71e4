import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, SECOND_MS, startOfLocalDay } from '../calendar/local-time.ts'
import { toQuarter } from '../calendar/quarter.ts'
import type { LogItemFact, UnitFacts } from '../facts/facts.ts'
import { factsOfQuarter } from '../frozen/facts-of-quarter.ts'
import { assessUnit } from '../league/assess-unit.ts'
import { checkRegulation } from '../regulation/check-regulation.ts'
import { diffRegulations } from '../regulation/diff-regulations.ts'
import type { DutyLogRule, Regulation } from '../regulation/regulation.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { arbitraryFacts, arbitraryMomentOf } from '../testing/arbitrary-facts.ts'
import { makePeriod, on } from '../testing/make-facts.ts'
import { logOverAt, toLogItems } from './judge-log.ts'
import { openHoursOf, tabulateLogClosure } from './tabulate-log.ts'

const QUARTER = toQuarter('2026Q3')
const RULE: DutyLogRule = {
  clause: '5-D-8',
  closeWithinHours: 24,
  points: 50,
  max: 120,
  lateEntry: { afterHours: 2, points: 20 },
}
const REGULATION: Regulation = { ...SAMPLE_REGULATION, dutyLog: RULE }
const AT = startOfLocalDay(on('2026-08-10'))
const LATER = startOfLocalDay(on('2026-12-01'))

function row(
  entryCode: string,
  openedAt: number,
  closedAt: number | null,
  more: Partial<LogItemFact> = {},
): LogItemFact {
  return { unitCode: 'U01', entryCode, opening: 0, openedAt, closedAt, receivedAt: openedAt, ...more }
}

const NOTHING: UnitFacts = {
  unitCode: 'U01',
  periods: [makePeriod({ unitCode: 'U01' })],
  reports: [],
  checks: [],
  misreports: [],
  filings: [],
  bonuses: [],
  preReports: [],
  adoptions: [],
  reopenings: [],
}

function assess(facts: UnitFacts, asOf = LATER, regulation = REGULATION) {
  return assessUnit(facts, { quarter: QUARTER, regulation, holidays: SAMPLE_HOLIDAYS, asOf })
}

function ofLog(logItems: readonly LogItemFact[], asOf = LATER, more: Partial<UnitFacts> = {}) {
  const { deductions } = assess({ ...NOTHING, ...more, logItems }, asOf)
  return deductions.filter(({ code }) => code.startsWith('log_') && code !== 'log_missing')
}

describe('an item of the log under rules that ask for an outcome', () => {
  it('costs from the second after the limit on, and never when it was closed by then', () => {
    const over = AT + DAY_MS + SECOND_MS
    expect(ofLog([row('L1', AT, null)], over - SECOND_MS)).toEqual([])
    expect(ofLog([row('L1', AT, null)], over)).toMatchObject([
      { code: 'log_open', dimension: 'discipline', clause: '5-D-8', points: 50, ref: 'L1', at: over },
    ])
    expect(ofLog([row('L1', AT, AT + DAY_MS)])).toEqual([])
    expect(ofLog([row('L1', AT, over)])).toHaveLength(1)
  })

  it('counts all the time it was open together: closing and opening again wins nothing', () => {
    const first = row('L1', AT, AT + 20 * HOUR_MS)
    const again = AT + 60 * HOUR_MS
    const second = (hours: number) => row('L1', again, again + hours * HOUR_MS, { opening: 1, receivedAt: AT })
    expect(ofLog([second(4), first])).toEqual([])
    expect(ofLog([first, second(5)])).toMatchObject([{ at: again + 4 * HOUR_MS + SECOND_MS }])
  })

  it('is late when it was written more than the hours after what it tells', () => {
    const late = (ms: number) => row('L1', AT, AT, { receivedAt: AT - ms })
    expect(ofLog([late(2 * HOUR_MS)])).toEqual([])
    expect(ofLog([late(2 * HOUR_MS + SECOND_MS)])).toMatchObject([{ code: 'log_late', points: 20, at: AT }])
    const withoutLate = { ...REGULATION, dutyLog: { ...RULE, lateEntry: null } }
    expect(assess({ ...NOTHING, logItems: [late(DAY_MS)] }, LATER, withoutLate).deductions).toEqual(
      assess(NOTHING, LATER, withoutLate).deductions,
    )
  })

  it('costs no more than the most of the period, the earliest first; what is waived makes room', () => {
    const items = ['L1', 'L2', 'L3', 'L4'].map((code, index) => row(code, AT + index * HOUR_MS, null))
    expect(ofLog(items).map(({ points, ref }) => [ref, points])).toEqual([
      ['L1', 50],
      ['L2', 50],
      ['L3', 20],
    ])
    const atOnce = ['L3', 'L1', 'L2'].map((code) => row(code, AT, null))
    expect(ofLog(atOnce).map(({ points, ref }) => `${ref} ${points}`)).toEqual(['L1 50', 'L2 50', 'L3 20'])
    const [one] = ofLog(items)
    const { at = 0, code = 'log_open', ref = '' } = one ?? {}
    const waivers = [{ unitCode: 'U01', at, code, ref, claimedAt: AT, waivedAt: AT }]
    expect(ofLog(items, LATER, { waivers }).map(({ points, ref: of }) => [of, points])).toEqual([
      ['L2', 50],
      ['L3', 50],
      ['L4', 20],
    ])
    const byMonth: Regulation = { ...REGULATION, period: 'month', dutyLog: { ...RULE, max: 50 } }
    const months = [row('L1', AT, null), row('L2', AT + 1, null), row('L3', AT + 31 * DAY_MS, null)]
    const charged = assess({ ...NOTHING, logItems: months }, LATER, byMonth).deductions
    expect(charged.filter(({ code: own }) => own === 'log_open').map(({ ref: of }) => of)).toEqual(['L1', 'L3'])
    const endless: Regulation = { ...REGULATION, dutyLog: { ...RULE, max: null } }
    expect(assess({ ...NOTHING, logItems: items }, LATER, endless).lost.discipline).toBe(200)
  })

  it('belongs to the quarter in which it was written, while its unit is open', () => {
    const before = row('L1', startOfLocalDay(on('2026-07-01')) - SECOND_MS, null)
    const after = row('L2', startOfLocalDay(on('2026-10-01')), null)
    expect(ofLog([before, after])).toEqual([])
    const closed = [makePeriod({ unitCode: 'U01', validTo: on('2026-08-10') })]
    expect(ofLog([row('L1', AT, null)], LATER, { periods: closed })).toEqual([])
    const last = row('L3', startOfLocalDay(on('2026-10-01')) - SECOND_MS, null)
    expect(ofLog([last])).toHaveLength(1)
  })

  it('could have gone wrong once: the tallies from which places are drawn count each item', () => {
    const { tally } = assess({ ...NOTHING, logItems: [row('L1', AT, AT), row('L2', AT, null)] })
    expect(tally.periods[0]?.chances.log).toBe(2)
    expect(tally.periods[0]?.faults).toContainEqual({ code: 'log_open', dimension: 'discipline', count: 1, points: 50 })
  })
})

describe('the laws of the log', () => {
  const factsAndMoment = arbitraryFacts.chain((facts) => fc.tuple(fc.constant(facts), arbitraryMomentOf(facts)))

  it('nothing is otherwise without the section, byte for byte, whatever the log holds', () => {
    fc.assert(
      fc.property(factsAndMoment, ([facts, asOf]) => {
        const { logItems: _, ...bare } = facts
        const text = (own: UnitFacts): string => JSON.stringify(assess(own, asOf, SAMPLE_REGULATION))
        expect(text(facts)).toBe(text(bare))
        const rules = { quarter: QUARTER, regulation: SAMPLE_REGULATION, holidays: SAMPLE_HOLIDAYS }
        expect(factsOfQuarter(facts, new Set(), rules).logItems).toEqual([])
        expect('logItems' in factsOfQuarter(bare, new Set(), rules)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('stays as it is for every moment of its steady interval', () => {
    fc.assert(
      fc.property(factsAndMoment, ([facts, asOf]) => {
        const { steadyFrom, steadyUntil, ...one } = assess(facts, asOf)
        const moments = [Math.max(steadyFrom, asOf - 9 * DAY_MS), Math.min(steadyUntil - 1, asOf + 9 * DAY_MS)]
        for (const moment of moments) {
          const { asOf: _, steadyFrom: from, steadyUntil: until, ...other } = assess(facts, moment)
          expect({ ...other, asOf }).toEqual({ ...one, asOf })
          expect([from, until]).toEqual([steadyFrom, steadyUntil])
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is judged the same from the facts of the quarter alone, in any order', () => {
    fc.assert(
      fc.property(factsAndMoment, ([facts, asOf]) => {
        const rules = { quarter: QUARTER, regulation: REGULATION, holidays: SAMPLE_HOLIDAYS }
        const { logItems = [] } = factsOfQuarter(facts, new Set(), rules)
        expect(assess({ ...facts, logItems: logItems.toReversed() }, asOf)).toEqual(assess(facts, asOf))
      }),
      { numRuns: 300 },
    )
  })

  it('closing earlier never lowers the score', () => {
    fc.assert(
      fc.property(factsAndMoment, fc.nat(), fc.nat(), ([facts, asOf], pick, by) => {
        const items = facts.logItems ?? []
        const chosen = items[pick % Math.max(items.length, 1)]
        if (chosen === undefined) return
        const length = (chosen.closedAt ?? asOf + DAY_MS) - chosen.openedAt
        if (length <= 0) return
        const closedAt = chosen.closedAt === null || by % 2 === 0 ? chosen.openedAt + (by % length) : chosen.openedAt
        const earlier = items.map((one) => (one === chosen ? { ...one, closedAt } : one))
        const before = assess(facts, asOf)
        const after = assess({ ...facts, logItems: earlier }, asOf)
        expect(after.score ?? 0).toBeGreaterThanOrEqual(before.score ?? 0)
        expect(after.lost.discipline).toBeLessThanOrEqual(before.lost.discipline)
      }),
      { numRuns: 500 },
    )
  })

  it('charges nothing before the limit has passed', () => {
    fc.assert(
      fc.property(factsAndMoment, ([facts, asOf]) => {
        const items = new Map(toLogItems(facts.logItems ?? []).map((item) => [item.entryCode, item]))
        for (const { at, code, ref } of assess(facts, asOf).deductions) {
          if (code !== 'log_open') continue
          const item = items.get(ref)
          expect(at).toBe(item === undefined ? null : logOverAt(item, RULE.closeWithinHours))
          expect(at).toBeLessThanOrEqual(asOf)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('the section of the rules', () => {
  const problemsOf = (change: Partial<DutyLogRule>, more: Partial<Regulation> = {}) =>
    checkRegulation({ ...REGULATION, ...more, dutyLog: { ...RULE, ...change } }).map(({ params, part, reason }) => [
      part,
      reason,
      params.field ?? params.code,
    ])

  it('holds its figures in bounds, its clause known, its most no less than one, its points somewhere to be taken from', () => {
    expect(problemsOf({})).toEqual([])
    expect(problemsOf({ lateEntry: null, max: null })).toEqual([])
    expect(problemsOf({ clause: '9-9' })).toEqual([['dutyLog', 'clause_unknown', undefined]])
    expect(problemsOf({ closeWithinHours: 0, points: 0, max: -1, lateEntry: { afterHours: 0, points: 0 } })).toEqual([
      ['dutyLog', 'value_out_of_range', 'closeWithinHours'],
      ['dutyLog', 'value_out_of_range', 'points'],
      ['dutyLog', 'value_out_of_range', 'max'],
      ['dutyLog', 'value_out_of_range', 'afterHours'],
      ['dutyLog', 'value_out_of_range', 'points'],
      ['dutyLog', 'max_below_points', 'log_open'],
      ['dutyLog', 'max_below_points', 'log_late'],
    ])
    const { discipline, ...dimensions } = REGULATION.dimensions
    const without = { ...dimensions, discipline: { ...discipline, base: 0 } }
    expect(problemsOf({}, { dimensions: without })).toContainEqual(['dutyLog', 'dimension_without_points', 'log_open'])
  })

  it('is set against the same of another version', () => {
    expect(diffRegulations(SAMPLE_REGULATION, REGULATION)).toMatchObject([{ part: 'dutyLog', before: null }])
    const other: Regulation = { ...REGULATION, dutyLog: { ...RULE, closeWithinHours: 48 } }
    expect(diffRegulations(REGULATION, other)).toMatchObject([{ part: 'dutyLog', before: { key: 'dutyLog' } }])
  })
})

describe('how a log was closed', () => {
  const table = (rows: readonly LogItemFact[], closeWithinHours: number | null = 24, asOf = AT + 3 * DAY_MS) =>
    tabulateLogClosure(toLogItems(rows), { asOf, closeWithinHours })

  it('tells counts, the middle and the slowest tenth, and the share in time of what is decided', () => {
    const hours = [1, 2, 3, 4, 30]
    const rows = [
      ...hours.map((one, index) => row(`L${index}`, AT, AT + one * HOUR_MS)),
      row('L7', AT + HOUR_MS, null),
      row('L8', AT + 3 * DAY_MS - HOUR_MS, null),
      row('L9', AT + 4 * DAY_MS, null),
    ]
    expect(table(rows)).toEqual({
      entryCount: 7,
      closedCount: 5,
      openCount: 2,
      oldestOpenAt: AT + HOUR_MS,
      medianSeconds: 3 * 3600,
      slowestTenthSeconds: 30 * 3600,
      withinLimit: { part: 4, whole: 6 },
      interval: { low: expect.closeTo(0.3, 1) as number, high: expect.closeTo(0.9, 1) as number },
    })
    expect(table(rows, null)).toMatchObject({ withinLimit: null, interval: null })
  })

  it('says nothing where nothing was written, and counts an item that was opened again as open', () => {
    expect(table([])).toEqual({
      entryCount: 0,
      closedCount: 0,
      openCount: 0,
      oldestOpenAt: null,
      medianSeconds: null,
      slowestTenthSeconds: null,
      withinLimit: { part: 0, whole: 0 },
      interval: null,
    })
    const again = [row('L1', AT, AT + HOUR_MS), row('L1', AT + DAY_MS, null, { opening: 1 })]
    expect(table(again)).toMatchObject({ closedCount: 0, openCount: 1 })
    expect(table(again, 24, AT + 2 * HOUR_MS)).toMatchObject({ closedCount: 1, openCount: 0, medianSeconds: 3600 })
  })

  it('gives the age of what is open in whole hours', () => {
    expect([-1, 0, HOUR_MS - 1, 25 * HOUR_MS].map((age) => openHoursOf(AT, AT + age))).toEqual([0, 0, 0, 25])
  })

  it('sorts items written at once by their codes', () => {
    expect(toLogItems([row('L2', AT, null), row('L1', AT, null)]).map(({ entryCode }) => entryCode)).toEqual([
      'L1',
      'L2',
    ])
  })
})
