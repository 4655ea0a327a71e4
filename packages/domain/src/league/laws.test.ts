import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, SECOND_MS, startOfLocalDay } from '../calendar/local-time.ts'
import { toQuarter } from '../calendar/quarter.ts'
import type { UnitFacts } from '../facts/facts.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { DIMENSIONS } from '../regulation/regulation.ts'
import { arbitraryFacts, arbitraryInstant, arbitraryMomentOf } from '../testing/arbitrary-facts.ts'
import { on } from '../testing/make-facts.ts'
import { judgeEvent } from '../timeliness/judge-event.ts'
import {
  addEvent,
  addEvents,
  assessUnit,
  compareDeductions,
  finishAssessment,
  finishSummary,
  groupByEvent,
  startAssessment,
} from './assess-unit.ts'
import type { UnitAssessment } from './assessment.ts'
import { toNoticeBook } from './notice-book.ts'

const RULES = { quarter: toQuarter('2026Q3'), regulation: SAMPLE_REGULATION, holidays: SAMPLE_HOLIDAYS }
const LONG_AFTER = startOfLocalDay(on('2028-01-01'))

function assess(facts: UnitFacts, asOf: number): UnitAssessment {
  return assessUnit(facts, { ...RULES, asOf })
}

function withoutMoment({ asOf: _asOf, steadyFrom: _from, steadyUntil: _until, ...rest }: UnitAssessment): object {
  return rest
}

function shuffled<T>(rows: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...rows], { minLength: rows.length })
}

// A machine under load takes longer than the five seconds a test has by default.
describe('laws of a unit’s quarter', { timeout: 60_000 }, () => {
  const factsAndMoments = arbitraryFacts.chain((facts) =>
    fc.tuple(fc.constant(facts), arbitraryMomentOf(facts), arbitraryMomentOf(facts)),
  )

  it('stays the same for every moment from steadyFrom until steadyUntil', () => {
    fc.assert(
      fc.property(factsAndMoments, fc.nat(999), ([facts, asOf, other], ms) => {
        const assessment = assess(facts, asOf)
        const { steadyFrom, steadyUntil } = assessment
        expect(steadyFrom <= asOf && asOf < steadyUntil).toBe(true)
        const first = Math.max(steadyFrom, asOf - 90 * DAY_MS)
        const last = Math.min(steadyUntil - 1, asOf + 90 * DAY_MS)
        const moments = [first, last, Math.min(asOf + SECOND_MS, last), Math.min(Math.max(other + ms, first), last)]
        for (const moment of moments) {
          expect(withoutMoment(assess(facts, moment))).toEqual(withoutMoment(assessment))
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('is steady for ever once everything has been decided', () => {
    fc.assert(
      fc.property(arbitraryFacts, (facts) => {
        expect(assess(facts, LONG_AFTER).steadyUntil).toBe(Infinity)
      }),
      { numRuns: 300 },
    )
  })

  it('is the same whatever the order of the rows', () => {
    const pair = arbitraryFacts.chain((facts) =>
      fc
        .record({
          periods: shuffled(facts.periods),
          reports: shuffled(facts.reports),
          checks: shuffled(facts.checks),
          misreports: shuffled(facts.misreports),
          filings: shuffled(facts.filings),
          bonuses: shuffled(facts.bonuses),
          preReports: shuffled(facts.preReports),
          adoptions: shuffled(facts.adoptions),
          reopenings: shuffled(facts.reopenings),
        })
        .map((rows) => [facts, { ...facts, ...rows }] as const),
    )
    fc.assert(
      fc.property(pair, arbitraryInstant, ([facts, other], asOf) => {
        expect(assess(other, asOf)).toEqual(assess(facts, asOf))
      }),
      { numRuns: 500 },
    )
  })

  it('is the same in pages of any size and order, with and without the list', () => {
    const paged = arbitraryFacts.chain((facts) =>
      fc.tuple(fc.constant(facts), shuffled([...groupByEvent(facts.reports).values()]), fc.integer({ min: 0, max: 4 })),
    )
    fc.assert(
      fc.property(paged, arbitraryInstant, ([facts, events, cut], asOf) => {
        const whole = assess(facts, asOf)
        const start = startAssessment(facts, { ...RULES, asOf })
        const pages = [events.slice(0, cut).flat(), events.slice(cut).flat()]
        expect(finishAssessment(pages.reduce(addEvents, start))).toEqual(whole)
        const { deductions, ...summary } = whole
        const lean = events.reduce(addEvent, startAssessment(facts, { ...RULES, asOf }, { keepsDeductions: false }))
        expect(finishSummary(lean)).toEqual(summary)
        expect(lean.chain).toBeNull()
        expect(summary.deductionCount).toBe(deductions.length)
      }),
      { numRuns: 300 },
    )
  })

  it('has whole hundredths, outcomes that sum to what was owed, and a list that adds up to what was lost', () => {
    fc.assert(
      fc.property(arbitraryFacts, arbitraryInstant, (facts, asOf) => {
        const { bonus, completeness, deductions, dimensions, lost, score, ...rest } = assess(facts, asOf)
        for (const { late, missing, notYetDue, onTime, owed } of [rest.timeliness, rest.filings]) {
          expect(onTime + late + missing + notYetDue).toBe(owed)
        }
        expect(completeness.part).toBeLessThanOrEqual(completeness.whole)
        expect(rest.checks.passed).toBeLessThanOrEqual(rest.checks.total)
        expect([...deductions].sort(compareDeductions)).toEqual(deductions)
        let sum = bonus
        for (const dimension of DIMENSIONS) {
          const listed = deductions.filter((entry) => entry.dimension === dimension)
          expect(lost[dimension]).toBe(listed.reduce((total, { points }) => total + points, 0))
          expect(dimensions[dimension]).toBe(
            Math.max(SAMPLE_REGULATION.dimensions[dimension].base - lost[dimension], 0),
          )
          expect(Number.isInteger(dimensions[dimension])).toBe(true)
          sum += dimensions[dimension]
        }
        expect(deductions.every(({ points }) => Number.isInteger(points) && points > 0)).toBe(true)
        expect(score).toBe(rest.isMeasured ? sum : null)
        expect(rest.grade === null).toBe(!rest.isMeasured)
      }),
      { numRuns: 500 },
    )
  })

  it('deducts under timeliness and completeness what its events are judged to cost, less the absorbed ones', () => {
    fc.assert(
      fc.property(arbitraryFacts, arbitraryInstant, (facts, asOf) => {
        const judged = [...groupByEvent(facts.reports).values()]
          .map((reports) => {
            const context = { periods: facts.periods, regulation: SAMPLE_REGULATION, asOf }
            return judgeEvent(reports, { ...context, notices: toNoticeBook(facts) })
          })
          .filter(({ quarter, standing }) => quarter === RULES.quarter && standing === 'counts')
        const absorbed = facts.misreports
          .filter(({ kind, confirmedOn }) => {
            const isInQuarter = on('2026-07-01') <= confirmedOn && confirmedOn <= on('2026-09-30')
            return (kind === 'omitted' || kind === 'concealed') && isInQuarter && startOfLocalDay(confirmedOn) <= asOf
          })
          .map(({ eventCode }) => eventCode)
        const expected = judged
          .filter(({ eventCode }) => !absorbed.includes(eventCode))
          .flatMap(({ deductions }) => deductions)
        const assessment = assess(facts, asOf)
        const listed = assessment.deductions.filter(({ dimension }) =>
          ['timeliness', 'completeness'].includes(dimension),
        )
        expect(listed).toEqual([...expected].sort(compareDeductions))
        expect(assessment.timeliness.owed).toBe(judged.length)
        expect(assessment.completeness.part).toBe(judged.reduce((sum, { completeness }) => sum + completeness.part, 0))
        expect(assessment.flags).toEqual(judged.some(({ levelChanged }) => levelChanged) ? ['level_changed'] : [])
      }),
      { numRuns: 500 },
    )
  })

  it('never gains on-time reports when a written report comes later', () => {
    fc.assert(
      fc.property(arbitraryFacts, arbitraryInstant, fc.integer({ min: 1, max: 100_000 }), (facts, asOf, seconds) => {
        const reports = facts.reports.map((report) =>
          report.stage === 'first' && report.writtenAt !== null
            ? { ...report, writtenAt: report.writtenAt + seconds * SECOND_MS }
            : report,
        )
        const before = assess(facts, asOf).timeliness
        const after = assess({ ...facts, reports }, asOf).timeliness
        expect(after.owed).toBe(before.owed)
        expect(after.onTime).toBeLessThanOrEqual(before.onTime)
      }),
      { numRuns: 300 },
    )
  })

  it('never has more points under timeliness or completeness for one event more', () => {
    fc.assert(
      fc.property(arbitraryFacts, arbitraryInstant, (facts, asOf) => {
        const reports = facts.reports.filter(({ eventCode }) => eventCode !== 'E3')
        const fewer = assess({ ...facts, reports }, asOf).dimensions
        const more = assess(facts, asOf).dimensions
        expect(more.timeliness).toBeLessThanOrEqual(fewer.timeliness)
        expect(more.completeness).toBeLessThanOrEqual(fewer.completeness)
      }),
      { numRuns: 200 },
    )
  })

  it('does not look at notes, inspectors, bases or categories', () => {
    fc.assert(
      fc.property(arbitraryFacts, arbitraryInstant, (facts, asOf) => {
        const other: UnitFacts = {
          ...facts,
          reports: facts.reports.map((report) => ({ ...report, category: 'public_health' })),
          checks: facts.checks.map((check) => ({ ...check, method: 'onsite', note: '备注', inspectors: ['甲'] })),
          misreports: facts.misreports.map((misreport) => ({ ...misreport, basis: '另一依据' })),
        }
        expect(assess(other, asOf)).toEqual(assess(facts, asOf))
      }),
      { numRuns: 200 },
    )
  })

  it('changes nothing when an element is named twice or a fraction of a second is added to the moment', () => {
    fc.assert(
      fc.property(arbitraryFacts, arbitraryInstant, fc.nat(999), (facts, asOf, ms) => {
        const reports = facts.reports.map((report) => ({
          ...report,
          elements: [...report.elements, ...report.elements],
        }))
        const checks = facts.checks.map((check) => ({ ...check, findings: [...check.findings, ...check.findings] }))
        expect(assess({ ...facts, reports, checks }, asOf + ms)).toEqual(assess(facts, asOf))
      }),
      { numRuns: 200 },
    )
  })
})
