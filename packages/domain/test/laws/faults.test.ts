/** A further fault never raises a score. Where a fault takes the place of others, what it takes and gives is said exactly. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareDeductions,
  type Deduction,
  ELEMENTS,
  EVENT_DEDUCTION_CODES,
  FINDINGS,
  judgeFilings,
  LEVELS,
  MISREPORT_KINDS,
  type MisreportFact,
  misreportDeduction,
  type Regulation,
  startOfLocalDay,
  tierAt,
  toNoticeBook,
  toOpenSpans,
  type UnitFacts,
} from '../../src/index.ts'
import { arbitraryInstant } from '../../src/testing/arbitrary-facts.ts'
import { makeMisreport, makeReport, on } from '../../src/testing/make-facts.ts'
import { itemPointsAt } from '../../src/league/notice-book.ts'
import { expectNoBetterScore, expectNotBetter, ofFirstReportsAlone, oneOf } from './compare.ts'
import { assertLaw, assess, type Case, methodsFor, PATIENCE, QUARTER } from './law.ts'

const further = fc
  .record({
    eventCode: fc.constantFrom('E0', 'E1', 'E2', 'E3', null),
    kind: fc.constantFrom(...MISREPORT_KINDS),
    day: fc.constantFrom('2026-07-01', '2026-08-10', '2026-09-30'),
  })
  .map(({ day, ...rest }) => makeMisreport({ ...rest, misreportCode: 'M9', confirmedOn: on(day) }))

/** Misreports that take the place of what their event costs, as known. */
function absorbing(rows: readonly MisreportFact[], { asOf, regulation }: Case): MisreportFact[] {
  return rows.filter(({ confirmedOn, kind }) => {
    const isInQuarter = on('2026-07-01') <= confirmedOn && confirmedOn <= on('2026-09-30')
    return regulation.absorbingMisreports.includes(kind) && isInQuarter && startOfLocalDay(confirmedOn) <= asOf
  })
}

function withMisreport(facts: UnitFacts, misreport: MisreportFact): UnitFacts {
  return { ...facts, misreports: [...facts.misreports, misreport] }
}

describe('a further fault never raises a score', () => {
  const METHODS = methodsFor(6)

  it.each(METHODS)('as a finding of a check (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      ({ facts }) =>
        fc.tuple(
          oneOf(facts.checks, () => true),
          fc.constantFrom(...FINDINGS),
        ),
      (question, [found, finding]) => {
        const checks = question.facts.checks.map((row) =>
          row === found ? { ...row, findings: [...row.findings, finding] } : row,
        )
        expectNotBetter(assess(question, { ...question.facts, checks }), assess(question))
      },
    )
  })

  it.each(METHODS)('as an element less (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      ({ facts }) =>
        fc.tuple(
          oneOf(facts.reports, () => true),
          fc.constantFrom(...ELEMENTS),
        ),
      (question, [poorer, element]) => {
        const reports = question.facts.reports.map((row) =>
          row === poorer ? { ...row, elements: row.elements.filter((one) => one !== element) } : row,
        )
        const [after, before] = [assess(question, { ...question.facts, reports }), assess(question)]
        expectNotBetter(after, before)
        expect(after.completeness.whole).toBe(before.completeness.whole)
        expect(after.completeness.part).toBeLessThanOrEqual(before.completeness.part)
      },
    )
  })

  it.each(METHODS)('as a misreport that absorbs nothing (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      () => further,
      (question, misreport) => {
        const { facts } = question
        const known = absorbing([misreport], question)
        const isNew = (eventCode: string | null): boolean =>
          eventCode !== null && !absorbing(facts.misreports, question).some((row) => row.eventCode === eventCode)
        if (known.some(({ eventCode }) => isNew(eventCode))) return
        expectNotBetter(assess(question, withMisreport(facts, misreport)), assess(question))
      },
    )
  })

  it.each(METHODS)('as a form that never came instead of in time (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      ({ asOf, facts, holidays, regulation }) =>
        oneOf(
          judgeFilings({ ...facts, holidays, regulation, quarter: QUARTER, asOf }),
          ({ outcome }) => outcome === 'on_time',
        ),
      (question, lost) => {
        if (lost === null) return
        const filings = question.facts.filings.filter(
          ({ form, holidayName }) => form !== lost.form || holidayName !== lost.holidayName,
        )
        expectNotBetter(assess(question, { ...question.facts, filings }), assess(question))
      },
    )
  })

  // Slots, elements and the final report hang on it: without it they are not owed.
  it.each(METHODS)(
    'as a first report that was never written instead of in time, as far as it is itself concerned (%s)',
    PATIENCE,
    (_name, method) => {
      assertLaw(
        method,
        ({ facts }) => fc.constantFrom(...new Set(facts.reports.map(({ eventCode }) => eventCode))),
        (question, eventCode) => {
          const regulation = ofFirstReportsAlone(question.regulation)
          const asked = { ...question, regulation }
          const before = assess(asked)
          const isFaulty = ({ code, ref }: Deduction): boolean => ref === eventCode && code.startsWith('written')
          if (before.deductions.some(isFaulty)) return
          const reports = question.facts.reports.map((row) =>
            row.eventCode === eventCode && row.stage === 'first' ? { ...row, writtenAt: null } : row,
          )
          expectNotBetter(assess(asked, { ...question.facts, reports }), before)
        },
      )
    },
  )

  it.each(METHODS)('as an event more that was never reported (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      () => fc.tuple(fc.constantFrom(...LEVELS), arbitraryInstant),
      (question, [level, learnedAt]) => {
        const { facts } = question
        const missing = makeReport({ eventCode: 'E9', level, occurredAt: learnedAt, learnedAt })
        expectNoBetterScore(assess(question, { ...facts, reports: [...facts.reports, missing] }), assess(question))
      },
    )
  })
})

describe('a misreport that takes the place of what its event costs', () => {
  const METHODS = methodsFor(2)

  const isOfEvent = ({ code }: Deduction): boolean => EVENT_DEDUCTION_CODES.some((one) => one === code)

  function ownLine(question: Case, misreport: MisreportFact): Deduction[] {
    const { asOf, facts, regulation } = question
    const at = startOfLocalDay(misreport.confirmedOn)
    if (at > asOf) return []
    const adoption = toNoticeBook(facts).adoptions.get(misreport.eventCode ?? '')
    const tier = tierAt(toOpenSpans(facts.periods), at)
    const line = misreportDeduction(misreport, regulation, tier, itemPointsAt(adoption, regulation, asOf))
    return line === null ? [] : [line]
  }

  it.each(METHODS)(
    'puts its own line on the list, takes the event’s lines off, and changes nothing else (%s)',
    PATIENCE,
    (_name, method) => {
      assertLaw(
        method,
        () => further,
        (question, misreport) => {
          const before = assess(question)
          const after = assess(question, withMisreport(question.facts, misreport))
          const [absorbed] = absorbing([misreport], question)
          const isLeft = (entry: Deduction): boolean =>
            absorbed === undefined || entry.ref !== absorbed.eventCode || !isOfEvent(entry)
          const expected = [...before.deductions.filter(isLeft), ...ownLine(question, misreport)]
          expect(after.deductions).toEqual(expected.sort(compareDeductions))
          expect(after.timeliness).toEqual(before.timeliness)
          expect(after.completeness).toEqual(before.completeness)
          expect(after.filings).toEqual(before.filings)
          expect(after.checks).toEqual(before.checks)
        },
      )
    },
  )

  it.each(METHODS)('costs something under every method that lets it (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      ({ regulation }) => oneOf<Regulation['absorbingMisreports'][number]>(regulation.absorbingMisreports, () => true),
      (question, kind) => {
        if (kind === null) return
        const misreport = makeMisreport({ kind, misreportCode: 'M9', confirmedOn: on('2026-08-10') })
        expect(ownLine({ ...question, asOf: Infinity }, misreport)).toHaveLength(1)
      },
    )
  })
})
