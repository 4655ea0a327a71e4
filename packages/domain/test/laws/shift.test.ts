import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assessUnit,
  type EventJudgement,
  groupByEvent,
  judgeEvent,
  type Quarter,
  type Regulation,
  toNoticeBook,
  toQuarter,
  type UnitAssessment,
  type UnitFacts,
} from '../../src/index.ts'
import { makePeriod } from '../../src/testing/make-facts.ts'
import { assertLaw, assess, type Case, methodsFor, NOTHING_MORE, PATIENCE } from './law.ts'
import { byDays, GREGORIAN, type Shift, shiftFacts, shiftHolidays, shiftRef, shiftReports } from './shift.ts'

function shiftAssessment(one: UnitAssessment, shift: Shift, quarter: Quarter): UnitAssessment {
  return {
    ...one,
    quarter,
    asOf: one.asOf + shift.ms,
    steadyFrom: one.steadyFrom + shift.ms,
    steadyUntil: one.steadyUntil + shift.ms,
    deductions: one.deductions.map((entry) => ({
      ...entry,
      ref: shiftRef(entry.ref, shift),
      at: entry.at + shift.ms,
    })),
  }
}

function assessShifted({ asOf, facts, holidays, regulation }: Case, shift: Shift, quarter: Quarter): UnitAssessment {
  return assessUnit(shiftFacts(facts, shift), {
    quarter,
    asOf: asOf + shift.ms,
    regulation,
    holidays: shiftHolidays(holidays, shift),
  })
}

function judgeAll(facts: UnitFacts, regulation: Regulation, asOf: number): EventJudgement[] {
  const context = { periods: facts.periods, regulation, asOf, notices: toNoticeBook(facts) }
  return [...groupByEvent(facts.reports).values()].map((reports) => judgeEvent(reports, context))
}

/** The judgement of the same event later, but for its quarter. */
function shiftJudgement(one: EventJudgement, shift: Shift): Omit<EventJudgement, 'quarter'> {
  const at = (instant: number | null): number | null => (instant === null ? null : instant + shift.ms)
  const { clock, completeness, final, judged, phone, preReport, quarter: _quarter, reopenings, written, ...rest } = one
  const moved = <T extends { at: number | null; dueAt: number; ruleDueAt: number }>(clockOf: T): T => {
    return { ...clockOf, at: at(clockOf.at), dueAt: clockOf.dueAt + shift.ms, ruleDueAt: clockOf.ruleDueAt + shift.ms }
  }
  return {
    ...rest,
    judged: shiftReports([judged], shift)[0] ?? judged,
    clock: { ...clock, at: clock.at + shift.ms },
    written: moved(written),
    phone: phone === null ? null : moved(phone),
    final: final === null ? null : moved(final),
    preReport: preReport === null ? null : { ...preReport, sentAt: preReport.sentAt + shift.ms },
    reopenings: reopenings.map((row) => ({
      ...row,
      until: row.until + shift.ms,
      reopenedAt: row.reopenedAt + shift.ms,
    })),
    slots: one.slots.map((slot) => ({ at: slot.at + shift.ms, metBy: at(slot.metBy) })),
    completeness: { ...completeness, judgedAt: at(completeness.judgedAt) },
    deductions: one.deductions.map((entry) => ({ ...entry, at: entry.at + shift.ms })),
  }
}

function withoutQuarter({ quarter: _quarter, ...rest }: EventJudgement): Omit<EventJudgement, 'quarter'> {
  return rest
}

describe('shifting all times together changes no verdict', () => {
  const METHODS = methodsFor(4)

  it.each(METHODS)(
    'of a quarter, by the 400 years after which the calendar repeats (%s)',
    PATIENCE,
    (_name, method) => {
      assertLaw(method, NOTHING_MORE, (question) => {
        const later = toQuarter('2426Q3')
        expect(assessShifted(question, GREGORIAN, later)).toEqual(shiftAssessment(assess(question), GREGORIAN, later))
      })
    },
  )

  // July to September have 92 days, as have October to December; their months and weekdays do not fall together.
  it.each(METHODS)('of a quarter scored as one, into the next that is as long (%s)', PATIENCE, (_name, method) => {
    assertLaw(method, NOTHING_MORE, (question) => {
      const { filing } = question.regulation
      const regulation: Regulation = {
        ...question.regulation,
        period: 'quarter',
        deductions: question.regulation.deductions.filter(({ shape }) => shape.kind !== 'zero_month'),
        filing: { ...filing, moveTo: 'none' },
      }
      const asked = { ...question, regulation }
      const later = toQuarter('2026Q4')
      expect(assessShifted(asked, byDays(92), later)).toEqual(shiftAssessment(assess(asked), byDays(92), later))
    })
  })

  it.each(METHODS)('of an event, by any number of days (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      () => fc.integer({ min: -200_000, max: 200_000 }).map(byDays),
      ({ asOf, facts, regulation }, shift) => {
        const later = judgeAll(shiftFacts(facts, shift), regulation, asOf + shift.ms).map(withoutQuarter)
        expect(later).toEqual(judgeAll(facts, regulation, asOf).map((one) => shiftJudgement(one, shift)))
      },
    )
  })

  // Times of day and dates (uses, days a unit opens) stay where they are; what is left has no place in the day.
  it.each(METHODS)(
    'of an event, by any number of seconds, where no rule names a time of day (%s)',
    PATIENCE,
    (_name, method) => {
      assertLaw(
        method,
        () =>
          fc
            .integer({ min: -2_000_000_000, max: 2_000_000_000 })
            .map((seconds) => ({ ms: seconds * 1000, days: 0, years: 0 })),
        (question, shift) => {
          const { followUps } = question.regulation
          const regulation = {
            ...question.regulation,
            followUps: followUps.filter(({ schedule }) => schedule.kind === 'every_hours'),
          }
          const facts = { ...question.facts, periods: [makePeriod()], adoptions: [] }
          const later = judgeAll(shiftFacts(facts, shift), regulation, question.asOf + shift.ms).map(withoutQuarter)
          expect(later).toEqual(judgeAll(facts, regulation, question.asOf).map((one) => shiftJudgement(one, shift)))
        },
      )
    },
  )
})
