import {
  localDateOf,
  MINUTE_MS,
  quarterOf,
  quarterRange,
  SAMPLE_HOLIDAYS,
  shiftQuarter,
  startOfLocalDay,
  toPlainDate,
  toQuarter,
} from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { rankCity, standardErrors } from '../testing/assess-city.ts'
import { makeCity } from './make-city.ts'
import { CITY_PROFILES, dutyModeOn } from './profile.ts'
import { truthOf, type UnitTruth } from './truth.ts'

const QUARTER = toQuarter('2026Q3')
const UNTIL = toPlainDate('2026-10-31')
/** One unit in about 40 tests of many strays beyond this by chance once in ten thousand runs; the seeds are fixed. */
const BEYOND = 4.5
/** For one test of all units together. */
const BEYOND_TOGETHER = 3.5

/** A city with so many events that a quarter shows its units' true quality. */
const large = makeCity({ seed: 'large', until: UNTIL, quarters: 2, scale: 60 })
const ranked = ['本级', '县区组', '市直组'].flatMap((group) =>
  rankCity(large, QUARTER, group, quarterRange(shiftQuarter(QUARTER, 1)).to),
)
const truths = new Map(large.truth.filter(({ quarter }) => quarter === QUARTER).map((truth) => [truth.unitCode, truth]))

function truthFor(unitCode: string): UnitTruth {
  const truth = truths.get(unitCode)
  if (truth === undefined) throw new RangeError(unitCode)
  return truth
}

const repeat = (chance: number, count: number): number[] => Array.from({ length: count }, () => chance)

describe('the facts scatter around the truth they are drawn from', () => {
  it.each(['onTime', 'late', 'missing'] as const)('share of first reports: %s', (outcome) => {
    for (const { summary } of ranked) {
      const { owed } = summary.timeliness
      if (owed === 0) continue
      const chances = repeat(truthFor(summary.unitCode)[outcome], owed)
      expect(Math.abs(standardErrors(summary.timeliness[outcome], chances)), summary.unitCode).toBeLessThan(BEYOND)
    }
    const all = ranked.flatMap(({ summary }) => repeat(truthFor(summary.unitCode)[outcome], summary.timeliness.owed))
    const count = ranked.reduce((sum, { summary }) => sum + summary.timeliness[outcome], 0)
    expect(Math.abs(standardErrors(count, all))).toBeLessThan(BEYOND_TOGETHER)
  })

  it('elements given a day after the first report', () => {
    let [given, expected, variance] = [0, 0, 0]
    for (const { summary } of ranked) {
      const written = summary.timeliness.onTime + summary.timeliness.late
      if (written === 0) continue
      const { elementGiven, incomplete } = truthFor(summary.unitCode)
      // Of each event: none lacking, or 1, 2, 3 or 5 of 12 with shares 60, 26, 10 and 4 %.
      const square = incomplete * (0.6 * 1 + 0.26 * 4 + 0.1 * 9 + 0.04 * 25)
      const ownVariance = written * (square - (12 * (1 - elementGiven)) ** 2)
      const errors = (summary.completeness.part - 12 * elementGiven * written) / Math.sqrt(ownVariance)
      expect(Math.abs(errors), summary.unitCode).toBeLessThan(BEYOND)
      given += summary.completeness.part
      expected += 12 * elementGiven * written
      variance += ownVariance
    }
    expect(Math.abs(given - expected) / Math.sqrt(variance)).toBeLessThan(BEYOND_TOGETHER)
  })

  it('calls in time about events of level I and II', () => {
    const grave = large.reports.filter(
      ({ level, occurredAt, stage }) =>
        stage === 'first' && (level === 'I' || level === 'II') && quarterOf(occurredAt) === QUARTER,
    )
    const inTime = grave.filter(
      ({ occurredAt, phonedAt }) => phonedAt !== null && phonedAt <= occurredAt + 15 * MINUTE_MS,
    )
    expect(grave.length).toBeGreaterThan(200)
    const chances = grave.map(({ unitCode }) => truthFor(unitCode).phonedOnTime)
    expect(Math.abs(standardErrors(inTime.length, chances))).toBeLessThan(BEYOND_TOGETHER)
  })

  it('checks passed and forms filed in time, over many cities', () => {
    const passed: number[] = []
    const filed: number[] = []
    let passedCount = 0
    let filedCount = 0
    const due = new Map(
      SAMPLE_HOLIDAYS.map(({ firstDayOff, name }) => [name, startOfLocalDay(firstDayOff) - 4 * 86_400_000]),
    )
    for (const seed of ['p', 'q', 'r', 's', 't', 'u']) {
      const city = makeCity({ seed, until: UNTIL, quarters: 4 })
      const of = new Map(city.truth.map((truth) => [`${truth.unitCode} ${truth.quarter}`, truth]))
      for (const { checkedAt, findings, unitCode } of city.checks) {
        passed.push(of.get(`${unitCode} ${quarterOf(checkedAt)}`)?.checkPassed ?? Number.NaN)
        const profile = CITY_PROFILES.find((own) => own.unitCode === unitCode)
        const mayForward = profile !== undefined && dutyModeOn(profile, localDateOf(checkedAt)) === 'phone'
        passedCount += Number(findings.every((finding) => finding === 'call_forwarded' && mayForward))
      }
      for (const { holidayName, receivedAt, unitCode } of city.filings) {
        const dueEnd = due.get(holidayName) ?? Number.NaN
        const truth = of.get(`${unitCode} ${quarterOf(dueEnd - 1)}`)
        if (truth === undefined) continue
        filed.push(truth.filedOnTime)
        filedCount += Number(receivedAt !== null && receivedAt < dueEnd)
      }
    }
    expect(passed.length).toBeGreaterThan(2_000)
    expect(filed.length).toBeGreaterThan(2_000)
    expect(Math.abs(standardErrors(filedCount, filed))).toBeLessThan(BEYOND_TOGETHER)
    expect(Math.abs(standardErrors(passedCount, passed))).toBeLessThan(BEYOND_TOGETHER)
  })
})

describe('the truth', () => {
  const quarters = Array.from({ length: 24 }, (_, step) => shiftQuarter(toQuarter('2024Q1'), step))

  it('drifts slowly, with a real change of a few units in each quarter', () => {
    const changed = quarters.map((quarter) => {
      const all = CITY_PROFILES.map((profile) => truthOf('drift', profile, quarter))
      return all.filter(({ realChange }) => Math.abs(realChange) > 0.5).length
    })
    const mean = changed.reduce((sum, count) => sum + count, 0) / changed.length
    expect(mean).toBeGreaterThan(0.5)
    expect(mean).toBeLessThan(8)
    const still = CITY_PROFILES.flatMap((profile) => {
      const path = quarters.map((quarter) => truthOf('drift', profile, quarter))
      return path
        .slice(1)
        .flatMap((truth, index) =>
          truth.realChange === 0 ? [Math.abs(truth.onTime - (path[index]?.onTime ?? 0))] : [],
        )
    })
    expect(Math.max(...still)).toBeLessThan(0.2)
  })

  it('adds up, and never reaches certainty', () => {
    for (const quarter of quarters) {
      for (const profile of CITY_PROFILES) {
        const truth = truthOf('sum', profile, quarter)
        expect(truth.onTime + truth.late + truth.missing).toBeCloseTo(1, 12)
        for (const share of [
          truth.onTime,
          truth.late,
          truth.missing,
          truth.incomplete,
          truth.slotMet,
          truth.checkPassed,
        ]) {
          expect(share > 0 && share < 1).toBe(true)
        }
      }
    }
  })
})
