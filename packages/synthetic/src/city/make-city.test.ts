import {
  addDays,
  DAY_MS,
  type PlainDate,
  quarterOf,
  quarterOfDate,
  quarterRange,
  shiftQuarter,
  startOfLocalDay,
  toPlainDate,
} from '@zhidu/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankCity } from '../testing/assess-city.ts'
import { expectValidReports } from '../testing/expect-valid.ts'
import { DEMONSTRATION_SEED, makeCity, type SyntheticCity } from './make-city.ts'
import { BUREAU_GROUP, CITY_CODE, CITY_GROUP, CITY_PROFILES, COUNTY_GROUP } from './profile.ts'

const UNTIL = toPlainDate('2026-11-23')
const KINDS = ['units', 'reports', 'checks', 'misreports', 'filings', 'bonuses', 'leads', 'truth'] as const

function quartersBetween(earlier: PlainDate, later: PlainDate): number {
  let steps = 0
  while (shiftQuarter(quarterOfDate(earlier), steps) < quarterOfDate(later)) steps += 1
  return steps
}

function expectAllOf(part: SyntheticCity, whole: SyntheticCity): void {
  for (const kind of KINDS) {
    const all = new Set(whole[kind].map((fact) => JSON.stringify(fact)))
    expect(part[kind].filter((fact) => !all.has(JSON.stringify(fact)))).toEqual([])
  }
}

describe('makeCity', () => {
  const city = makeCity({ seed: DEMONSTRATION_SEED, until: UNTIL })

  it('gives the same bytes for the same seed and day, and others for another seed', () => {
    const again = makeCity({ seed: DEMONSTRATION_SEED, until: UNTIL })
    const other = makeCity({ seed: 'another', until: UNTIL })
    expect(JSON.stringify(again)).toBe(JSON.stringify(city))
    expect(JSON.stringify(other.reports)).not.toBe(JSON.stringify(city.reports))
  })

  it('only adds facts when the day moves on, within a quarter and into the next', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays(toPlainDate('2025-12-20'), days))
    fc.assert(
      fc.property(fc.string({ maxLength: 4 }), day, fc.nat(120), (seed, earlier, days) => {
        const later = addDays(earlier, days)
        const quarters = 1 + quartersBetween(earlier, later)
        expectAllOf(makeCity({ seed, until: earlier, quarters: 1 }), makeCity({ seed, until: later, quarters }))
      }),
      { seed: 1, numRuns: 12 },
    )
  })

  it('has nothing that began after its last day, and its last reports soon after', () => {
    const end = startOfLocalDay(addDays(UNTIL, 1))
    expect(Math.max(...city.reports.map(({ learnedAt }) => learnedAt))).toBeLessThan(end)
    expect(Math.max(...city.reports.map(({ writtenAt }) => writtenAt ?? 0))).toBeLessThan(end + 5 * DAY_MS)
    expect(Math.max(...city.checks.map(({ checkedAt }) => checkedAt))).toBeLessThan(end)
    expect(Math.max(...city.filings.map(({ receivedAt }) => receivedAt ?? 0))).toBeLessThan(end)
    expect(Math.max(...city.leads.map(({ seenAt }) => seenAt))).toBeLessThan(end)
    const dates = [...city.misreports.map((row) => row.confirmedOn), ...city.bonuses.map((row) => row.awardedOn)]
    expect(dates.filter((date) => date > UNTIL)).toEqual([])
  })

  it('keeps the conditions of the contract', () => {
    expectValidReports(city.reports, city.units)
    const codes = new Set(city.units.map(({ unitCode }) => unitCode))
    const events = new Set(city.reports.map(({ eventCode, unitCode }) => `${eventCode} ${unitCode}`))
    const identities = [
      city.checks.map(({ checkCode }) => checkCode),
      city.misreports.map(({ misreportCode }) => misreportCode),
      city.bonuses.map(({ bonusCode }) => bonusCode),
      city.leads.map(({ leadCode }) => leadCode),
      city.filings.map((row) => `${row.unitCode} ${row.holidayYear} ${row.holidayName} ${row.form}`),
      city.units.map(({ unitCode, validFrom }) => `${unitCode} ${validFrom}`),
    ]
    for (const list of identities) expect(new Set(list).size).toBe(list.length)
    const owners = [...city.checks, ...city.misreports, ...city.filings, ...city.bonuses, ...city.leads]
    expect(owners.filter(({ unitCode }) => unitCode !== null && !codes.has(unitCode))).toEqual([])
    const named = [...city.misreports, ...city.bonuses].filter(({ eventCode }) => eventCode !== null)
    expect(named.filter((row) => !events.has(`${row.eventCode} ${row.unitCode}`))).toEqual([])
  })

  it('writes codes as an office does', () => {
    expect(city.reports[0]?.eventCode).toMatch(/^SJ-2025-10\d\d-\d\d$/)
    expect(city.checks[0]?.checkCode).toMatch(/^CC-2025-10\d\d-\d\d$/)
    expect(city.checks.every(({ inspectors }) => inspectors.every((name) => /^督查员\d\d$/.test(name)))).toBe(true)
  })

  it('has its own office, 5 counties and 35 bureaus, and four quarters before the present one', () => {
    const groups = Map.groupBy(CITY_PROFILES, ({ peerGroup }) => peerGroup)
    expect([CITY_GROUP, COUNTY_GROUP, BUREAU_GROUP].map((group) => groups.get(group)?.length)).toEqual([1, 5, 35])
    expect(city.units.filter(({ parentCode }) => parentCode === null).map(({ unitCode }) => unitCode)).toEqual([
      CITY_CODE,
    ])
    const quarters = new Set(city.reports.map(({ learnedAt }) => quarterOf(learnedAt)))
    expect([...quarters]).toEqual(['2025Q4', '2026Q1', '2026Q2', '2026Q3', '2026Q4'])
  })

  it('refuses a history of no quarters and a scale of nothing', () => {
    expect(() => makeCity({ seed: 'x', until: UNTIL, quarters: 0 })).toThrow(RangeError)
    expect(() => makeCity({ seed: 'x', until: UNTIL, scale: 0 })).toThrow(RangeError)
  })
})

describe('the city on screen', () => {
  const quarter = shiftQuarter(quarterOfDate(UNTIL), -1)
  const asOf = quarterRange(quarter).to + 8 * DAY_MS
  const scoresOf = (seed: string, group: string) =>
    rankCity(makeCity({ seed, until: UNTIL, quarters: 2 }), quarter, group, asOf)

  it.each(['a', 'b', 'c', 'd', 'e', 'f'])(
    'has believable numbers of events and four bureaus not measured: seed %s',
    (seed) => {
      for (const { summary } of scoresOf(seed, COUNTY_GROUP)) {
        expect(summary.timeliness.owed).toBeGreaterThanOrEqual(29)
        expect(summary.timeliness.owed).toBeLessThanOrEqual(71)
      }
      const bureaus = scoresOf(seed, BUREAU_GROUP)
      const silent = bureaus.filter(({ rank }) => rank === null)
      expect(silent.map(({ summary }) => summary.unitCode)).toEqual(['D09', 'D24', 'D27', 'D33'])
      for (const { rank, summary } of bureaus) {
        if (rank === null) continue
        expect(summary.timeliness.owed).toBeGreaterThanOrEqual(1)
        expect(summary.timeliness.owed).toBeLessThanOrEqual(46)
      }
      const scores = bureaus.flatMap(({ summary }) => (summary.score === null ? [] : [summary.score / 100]))
      const median = scores[Math.floor(scores.length / 2)] ?? 0
      expect(median).toBeGreaterThan(88)
      expect(median).toBeLessThan(98.5)
      expect(Math.min(...scores)).toBeLessThan(86)
      expect(new Set(scores).size).toBeLessThan(scores.length)
    },
  )

  it('has, under the seed shown first, a clear last and a county far behind', () => {
    const bureaus = scoresOf(DEMONSTRATION_SEED, BUREAU_GROUP)
    const scores = bureaus.flatMap(({ summary }) => (summary.score === null ? [] : [summary.score / 100]))
    const [last = 0, before = 0] = scores.toReversed()
    expect(scores[0]).toBeLessThanOrEqual(100)
    expect(before - last).toBeGreaterThanOrEqual(5)
    expect(last).toBeGreaterThanOrEqual(55)
    const counties = scoresOf(DEMONSTRATION_SEED, COUNTY_GROUP).map(({ summary }) => (summary.score ?? 0) / 100)
    expect((counties[3] ?? 0) - (counties[4] ?? 0)).toBeGreaterThanOrEqual(10)
  })
})
