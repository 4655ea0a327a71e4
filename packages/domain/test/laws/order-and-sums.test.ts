import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addEvent,
  addEvents,
  CATEGORIES,
  compareDeductions,
  type Deduction,
  DIMENSIONS,
  EVENT_DEDUCTION_CODES,
  finishAssessment,
  finishSummary,
  groupByEvent,
  judgeEvent,
  REGULATION_SAMPLES,
  startAssessment,
  startOfLocalDay,
  toNoticeBook,
  WHOLE_WEIGHT,
} from '../../src/index.ts'
import { on } from '../../src/testing/make-facts.ts'
import { assertLaw, assess, methodsFor, NOTHING_MORE, PATIENCE, QUARTER, shuffled } from './law.ts'

const isOfEvent = ({ code }: Deduction): boolean => EVENT_DEDUCTION_CODES.some((one) => one === code)

describe('the order of what is imported', () => {
  const METHODS = methodsFor(4)

  it.each(METHODS)('changes nothing (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      ({ facts, holidays, regulation }) =>
        fc.record({
          facts: fc
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
            .map((rows) => ({ ...facts, ...rows })),
          holidays: shuffled(holidays),
          clauses: shuffled(regulation.clauses),
          deadlines: shuffled(regulation.deadlines),
          deductions: shuffled(regulation.deductions),
        }),
      (question, { facts, holidays, ...parts }) => {
        const regulation = { ...question.regulation, ...parts }
        expect(assess({ ...question, facts, holidays, regulation })).toEqual(assess(question))
      },
    )
  })

  it.each(METHODS)(
    'nor do pages of any size, and the summary is the same without the list (%s)',
    PATIENCE,
    (_name, method) => {
      assertLaw(
        method,
        ({ facts }) => fc.tuple(shuffled([...groupByEvent(facts.reports).values()]), fc.integer({ min: 0, max: 4 })),
        (question, [events, cut]) => {
          const context = { ...question, quarter: QUARTER }
          const whole = assess(question)
          const pages = [events.slice(0, cut).flat(), events.slice(cut).flat()]
          expect(finishAssessment(pages.reduce(addEvents, startAssessment(question.facts, context)))).toEqual(whole)
          const { deductions, ...summary } = whole
          const lean = events.reduce(addEvent, startAssessment(question.facts, context, { keepsDeductions: false }))
          expect(finishSummary(lean)).toEqual(summary)
          expect(lean.chain).toBeNull()
          expect(summary.deductionCount).toBe(deductions.length)
        },
      )
    },
  )

  it.each(METHODS)(
    'nor does naming an element or a finding twice, nor a fraction of a second (%s)',
    PATIENCE,
    (_name, method) => {
      assertLaw(
        method,
        () => fc.nat(999),
        (question, ms) => {
          const { facts } = question
          const reports = facts.reports.map((report) => ({
            ...report,
            elements: [...report.elements, ...report.elements],
          }))
          const checks = facts.checks.map((check) => ({ ...check, findings: [...check.findings, ...check.findings] }))
          expect(assess(question, { ...facts, reports, checks }, question.asOf + ms)).toEqual(assess(question))
        },
      )
    },
  )

  it.each(METHODS)('nor do notes, inspectors, bases, reasons and names (%s)', PATIENCE, (_name, method) => {
    assertLaw(method, NOTHING_MORE, (question) => {
      const { facts } = question
      const other = {
        ...facts,
        periods: facts.periods.map((period) => ({ ...period, name: '乙单位', shortName: '乙', peerGroup: '市直组' })),
        checks: facts.checks.map((check) => ({
          ...check,
          method: 'onsite' as const,
          note: '备注',
          inspectors: ['甲'],
        })),
        misreports: facts.misreports.map((misreport) => ({ ...misreport, basis: '另一依据' })),
        preReports: facts.preReports.map((row) => ({ ...row, reason: '另一原因' })),
        reopenings: facts.reopenings.map((row) => ({ ...row, reason: '另一原因', reopenedBy: '王主任' })),
      }
      expect(assess(question, other)).toEqual(assess(question))
    })
  })

  it.each(METHODS.slice(0, REGULATION_SAMPLES.length))(
    'nor do categories, which no sample asks about (%s)',
    PATIENCE,
    (_name, method) => {
      assertLaw(
        method,
        () => fc.constantFrom(...CATEGORIES),
        (question, category) => {
          const reports = question.facts.reports.map((row) => ({ ...row, category }))
          expect(assess(question, { ...question.facts, reports })).toEqual(assess(question))
        },
      )
    },
  )
})

describe('parts sum to the whole', () => {
  const METHODS = methodsFor(2)

  it.each(METHODS)(
    'outcomes to what was owed, the list to what was lost, parts to the score (%s)',
    PATIENCE,
    (_name, method) => {
      assertLaw(method, NOTHING_MORE, (question) => {
        const { dimensions: rules, total } = question.regulation
        const { bonus, completeness, deductions, dimensions, items, lost, score, workload, ...rest } = assess(question)
        for (const { late, missing, notYetDue, onTime, owed } of [rest.timeliness, rest.filings]) {
          expect(onTime + late + missing + notYetDue).toBe(owed)
        }
        expect(completeness.part).toBeLessThanOrEqual(completeness.whole)
        expect(rest.checks.passed).toBeLessThanOrEqual(rest.checks.total)
        expect([...deductions].sort(compareDeductions)).toEqual(deductions)
        expect(rest.deductionCount).toBe(deductions.length)
        for (const { points, zeroesMonth } of deductions) expect(zeroesMonth ? points === 0 : points > 0).toBe(true)
        let lostSum = 0
        let dimensionSum = 0
        for (const dimension of DIMENSIONS) {
          const listed = deductions.filter((entry) => entry.dimension === dimension)
          expect(lost[dimension]).toBe(listed.reduce((sum, { points }) => sum + points, 0))
          lostSum += lost[dimension]
          dimensionSum += dimensions[dimension]
        }
        const clamp = (points: number): number =>
          Math.min(Math.max(points, total.floor ?? -Infinity), total.cap ?? Infinity)
        const parts = [...Object.values(dimensions), ...Object.values(lost), workload, bonus, score ?? 0]
        expect(parts.filter((part) => !Number.isSafeInteger(part) || Object.is(part, -0))).toEqual([])
        expect((score === null) === rest.isMeasured).toBe(false)
        expect((rest.grade === null) === rest.isMeasured).toBe(false)
        if (items !== null) {
          expect([dimensionSum, workload]).toEqual([0, 0])
          const average = Math.round((items.points + bonus - lostSum) / Math.max(items.count, 1)) + 0
          if (score !== null) expect(score).toBe(clamp(average))
          return
        }
        if (score !== null) expect(score).toBe(clamp(dimensionSum + workload + bonus))
        if (question.regulation.period === 'month') return
        for (const dimension of DIMENSIONS) {
          const { base, cap, floor, weight } = rules[dimension]
          const held = Math.min(Math.max(base - lost[dimension], floor), cap)
          // Of a weighted dimension: less than the hundredth that the rounded sum hands around.
          const exact = (held * (weight ?? WHOLE_WEIGHT)) / WHOLE_WEIGHT
          expect(Math.abs(dimensions[dimension] - exact)).toBeLessThan(weight === null ? Number.MIN_VALUE : 1)
        }
      })
    },
  )

  it.each(METHODS)(
    'events are judged one by one as they are in the quarter, less the absorbed ones (%s)',
    PATIENCE,
    (_name, method) => {
      assertLaw(method, NOTHING_MORE, (question) => {
        const { asOf, facts, regulation } = question
        const judged = [...groupByEvent(facts.reports).values()]
          .map((reports) => {
            return judgeEvent(reports, { periods: facts.periods, regulation, asOf, notices: toNoticeBook(facts) })
          })
          .filter(({ quarter, standing }) => quarter === QUARTER && standing === 'counts')
        const absorbed = facts.misreports
          .filter(({ confirmedOn, kind }) => {
            const isInQuarter = on('2026-07-01') <= confirmedOn && confirmedOn <= on('2026-09-30')
            return regulation.absorbingMisreports.includes(kind) && isInQuarter && startOfLocalDay(confirmedOn) <= asOf
          })
          .map(({ eventCode }) => eventCode)
        const expected = judged
          .filter(({ eventCode }) => !absorbed.includes(eventCode))
          .flatMap(({ deductions }) => deductions)
        const assessment = assess(question)
        expect(assessment.deductions.filter(isOfEvent)).toEqual([...expected].sort(compareDeductions))
        expect(assessment.timeliness.owed).toBe(judged.length)
        for (const part of ['part', 'whole'] as const) {
          expect(assessment.completeness[part]).toBe(judged.reduce((sum, one) => sum + one.completeness[part], 0))
        }
        expect(assessment.flags.includes('level_changed')).toBe(judged.some(({ levelChanged }) => levelChanged))
        expect(assessment.flags.includes('month_zeroed')).toBe(
          assessment.deductions.some(({ zeroesMonth }) => zeroesMonth),
        )
      })
    },
  )
})
