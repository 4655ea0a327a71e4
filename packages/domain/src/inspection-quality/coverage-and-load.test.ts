import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toQuarter } from '../calendar/quarter.ts'
import { type CoveredUnit, tabulateCoverage } from './tabulate-coverage.ts'
import { metresBetween, tabulateLoad } from './tabulate-load.ts'
import { dutyNightOf, isNight, type Visit, VISIT_KINDS } from './visit.ts'

const QUARTER = toQuarter('2026Q4')
const when = (text: string) => Date.parse(`${text}+08:00`)
const AS_OF = when('2026-11-20T09:00:00')
const RULES = { everyUnitWithinQuarters: 2, mostPerMonth: 2, mostNightPerQuarter: 1 }
const unit = (unitCode: string, change: Partial<CoveredUnit> = {}): CoveredUnit => ({
  unitCode,
  rules: RULES,
  supervisedSince: toQuarter('2026Q1'),
  lastCheckedAt: null,
  ...change,
})
const visit = (unitCode: string, at: string, change: Partial<Visit> = {}): Visit => ({
  unitCode,
  at: when(at),
  method: 'phone',
  kind: 'counted',
  inspectors: ['甲', '乙'],
  elapsedMs: null,
  startPlace: null,
  endPlace: null,
  ...change,
})

describe('coverage and burden', () => {
  it('counts what is on record apart from what is made again, and the minutes of both', () => {
    const visits = [
      visit('A', '2026-10-05T21:59:59', { elapsedMs: 90_000 }),
      visit('A', '2026-11-01T22:00:00', { elapsedMs: 120_000 }),
      visit('A', '2026-11-02T05:59:59', { method: 'onsite', elapsedMs: 1_800_000 }),
      visit('A', '2026-11-03T06:00:00', { method: 'video' }),
      visit('A', '2026-11-02T06:20:00', { kind: 'second', elapsedMs: 60_000 }),
      visit('A', '2026-11-04T06:20:00', { kind: 'open' }),
      visit('B', '2026-11-04T06:20:00'),
    ]
    const { rows, ...sums } = tabulateCoverage({
      units: [unit('A', { lastCheckedAt: when('2026-11-03T06:00:00') }), unit('C')],
      visits,
      quarter: QUARTER,
      asOf: AS_OF,
    })
    expect(rows[0]).toEqual({
      unitCode: 'A',
      byKind: { counted: 4, open: 1, inconclusive: 0, second: 1, upper: 0 },
      byMethod: { phone: 2, video: 1, onsite: 1 },
      nights: 2,
      mostInMonth: 3,
      daysSinceLast: 17,
      minutes: 35,
      measured: 4,
      visits: 6,
      rules: RULES,
      within: 'checked',
      month: 'exceeded',
      night: 'exceeded',
    })
    expect(rows[1]).toMatchObject({ unitCode: 'C', visits: 0, minutes: 0, daysSinceLast: null, night: 'free' })
    expect(sums).toEqual({ checkedUnits: 1, dueUnits: 1, burdenedUnits: 1, minutes: 35 })
  })

  it.each([
    ['never, under supervision for one of two quarters', { supervisedSince: QUARTER }, 'waiting'],
    ['never, for two', { supervisedSince: toQuarter('2026Q3') }, 'due'],
    ['never, for three', { supervisedSince: toQuarter('2026Q2') }, 'broken'],
    ['in the quarter before', { lastCheckedAt: when('2026-09-30T23:59:59') }, 'waiting'],
    ['two quarters ago', { lastCheckedAt: when('2026-06-30T23:59:59') }, 'due'],
    ['three quarters ago', { lastCheckedAt: when('2026-03-31T23:59:59') }, 'broken'],
    ['this quarter', { lastCheckedAt: when('2026-10-01T00:00:00') }, 'checked'],
  ] as const)('of a unit checked %s', (_, change, within) => {
    const [row] = tabulateCoverage({ units: [unit('A', change)], visits: [], quarter: QUARTER, asOf: AS_OF }).rows
    expect(row).toMatchObject({ within, month: 'free' })
  })

  it('is held against no rule where there is none', () => {
    const none = { everyUnitWithinQuarters: null, mostPerMonth: null, mostNightPerQuarter: null }
    const args = { visits: [visit('A', '2026-11-01T22:00:00')], quarter: QUARTER, asOf: AS_OF }
    const full = tabulateCoverage({ ...args, units: [unit('A')] })
    expect(full.rows[0]).toMatchObject({ night: 'full', month: 'free' })
    const { burdenedUnits, dueUnits, rows } = tabulateCoverage({ ...args, units: [unit('A', { rules: none })] })
    expect([burdenedUnits, dueUnits]).toEqual([0, 0])
    expect(rows[0]).toMatchObject({ within: null, month: null, night: null })
  })

  it('has a row for every unit, whatever the order of the visits, and loses none of theirs', () => {
    const anyVisit = fc
      .tuple(fc.constantFrom('A', 'B', 'C'), fc.nat(80), fc.constantFrom(...VISIT_KINDS), fc.option(fc.nat(9_999_999)))
      .map(([code, day, kind, elapsedMs]) => ({
        ...visit(code, '2026-10-01T03:00:00', { kind, elapsedMs }),
        at: when('2026-10-01T03:00:00') + day * 86_400_000,
      }))
    fc.assert(
      fc.property(fc.array(anyVisit), (visits) => {
        const args = { units: [unit('B'), unit('A'), unit('D')], quarter: QUARTER, asOf: AS_OF }
        const one = tabulateCoverage({ ...args, visits })
        expect(one.rows.map(({ unitCode }) => unitCode)).toEqual(['B', 'A', 'D'])
        expect(tabulateCoverage({ ...args, visits: visits.toReversed() })).toEqual(one)
        const asked = visits.filter(({ unitCode }) => unitCode !== 'C')
        expect(one.rows.reduce((sum, row) => sum + row.visits, 0)).toBe(asked.length)
        for (const row of one.rows) {
          expect(Object.values(row.byKind).reduce((sum, count) => sum + count, 0)).toBe(row.visits)
          expect(Object.values(row.byMethod).reduce((sum, count) => sum + count, 0)).toBe(row.byKind.counted)
        }
      }),
    )
  })
})

describe('load', () => {
  const gate = { latitude: 22.5, longitude: 116 }
  const north = { latitude: 23.5, longitude: 116 }

  it('measures a degree of latitude as 111.2 km, and a quarter of the globe as a quarter', () => {
    expect(metresBetween(gate, north)).toBeCloseTo(111_195, -1)
    expect(metresBetween({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(
      Math.PI * 6_371_009,
      3,
    )
    expect(metresBetween(gate, gate)).toBe(0)
  })

  it('counts both of a pair, goes from place to place of one night only, and names who has the most', () => {
    const visits = [
      visit('B', '2026-11-02T01:00:00', { startPlace: north, endPlace: north, elapsedMs: 600_000 }),
      visit('A', '2026-11-01T23:00:00', { startPlace: gate }),
      visit('A', '2026-11-02T00:30:00', { kind: 'second' }),
      visit('B', '2026-11-02T13:00:00', { endPlace: gate }),
      visit('A', '2026-11-05T10:00:00', { inspectors: ['丙'] }),
    ]
    const { checks, nights, rows } = tabulateLoad(['甲', '乙', '丙', '丁'], visits)
    expect(rows[0]).toMatchObject({ inspector: '甲', checks: 4, nights: 3, minutes: 10, measured: 1, legs: 1 })
    expect(rows[0]?.metres).toBeCloseTo(111_195, -1)
    expect(rows[0]?.most).toEqual({ unitCode: 'A', visits: 2 })
    expect(rows[2]).toMatchObject({ checks: 1, nights: 0, metres: null, legs: 0 })
    expect(rows[3]).toEqual({
      inspector: '丁',
      checks: 0,
      nights: 0,
      minutes: 0,
      measured: 0,
      metres: null,
      legs: 0,
      most: null,
    })
    // 4, 4, 1, 0: the mean is 2.25, and 1.75 + 1.75 lie above it.
    expect(checks).toEqual({ part: 4, whole: 9, mostOverMean: 4 / 2.25 })
    expect(nights).toEqual({ part: 3, whole: 6, mostOverMean: 2 })
    expect(tabulateLoad([], []).checks).toEqual({ part: 0, whole: 0, mostOverMean: null })
  })

  it('names the first by code of units that were checked as often', () => {
    const visits = ['B', 'A', 'C'].map((code, at) => visit(code, `2026-11-0${at + 1}T09:00:00`))
    expect(tabulateLoad(['甲'], visits).rows[0]?.most).toEqual({ unitCode: 'A', visits: 1 })
    expect(tabulateLoad(['甲'], visits.slice(1)).rows[0]?.most).toEqual({ unitCode: 'A', visits: 1 })
  })

  it('keeps a night together over midnight, from noon to noon', () => {
    expect(dutyNightOf(when('2026-11-01T12:00:00'))).toBe(dutyNightOf(when('2026-11-02T11:59:59')))
    expect(dutyNightOf(when('2026-11-01T11:59:59'))).toBe(dutyNightOf(when('2026-11-01T12:00:00')) - 1)
    expect(['21:59:59', '22:00:00', '05:59:59', '06:00:00'].map((one) => isNight(when(`2026-11-01T${one}`)))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('is balanced exactly when nobody has more than the mean', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.integer({ min: 1, max: 5 }), (each, people) => {
        const roster = Array.from({ length: people }, (_, at) => `甲${at}`)
        const visits = roster.flatMap((name) =>
          Array.from({ length: each }, () => visit('A', '2026-11-01T09:00:00', { inspectors: [name] })),
        )
        expect(tabulateLoad(roster, visits).checks).toMatchObject({ part: 0, whole: each * people })
      }),
    )
  })
})
