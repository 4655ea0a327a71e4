/**
 * One second later is never better. What is delayed stays known as of the moment asked about: some published methods put
 * less on a report that never came than on one that came late (宝鸡 leaves it to a finding of 漏报), and there a report
 * that slips past the moment takes its lateness with it. Each law says what else it leaves out, and why.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Deduction, type ReportFact, SECOND_MS, type Stage, type UnitFacts } from '../../src/index.ts'
import { expectNotBetter, oneOf, ofFirstReportsAlone } from './compare.ts'
import { assertLaw, assess, type Case, methodsFor, PATIENCE } from './law.ts'

/** The moment asked about, not between an instant and the second after it. */
function withBothKnown(question: Case, at: number | null): Case {
  return at !== null && at <= question.asOf && question.asOf < at + SECOND_MS
    ? { ...question, asOf: at + SECOND_MS }
    : question
}

const ofStage =
  (stage: Stage) =>
  ({ facts }: Case): fc.Arbitrary<ReportFact | null> =>
    oneOf(facts.reports, (row) => row.stage === stage && row.writtenAt !== null)

function delayWritten(facts: UnitFacts, delayed: ReportFact): UnitFacts {
  const reports = facts.reports.map((row) =>
    row === delayed && row.writtenAt !== null ? { ...row, writtenAt: row.writtenAt + SECOND_MS } : row,
  )
  return { ...facts, reports }
}

/** What an event's call and first report cost; Infinity where they make the month nothing. */
function costOfFirst(deductions: readonly Deduction[], eventCode: string): number {
  return deductions
    .filter(({ code, ref }) => ref === eventCode && /^(phone|written)_/.test(code))
    .reduce((sum, { points, zeroesMonth }) => sum + (zeroesMonth ? Infinity : points), 0)
}

describe('one second later is never better', () => {
  const METHODS = methodsFor(9)

  // Slots, windows for elements and the limit of the final report are counted from it, and move along: leave them out.
  it.each(METHODS)('for a first report, as far as it is itself concerned (%s)', PATIENCE, (_name, method) => {
    assertLaw(method, ofStage('first'), (question, delayed) => {
      if (delayed === null) return
      const regulation = ofFirstReportsAlone(question.regulation)
      const asked = { ...withBothKnown(question, delayed.writtenAt), regulation }
      expectNotBetter(assess(asked, delayWritten(question.facts, delayed)), assess(asked))
    })
  })

  it.each(METHODS)(
    'for a first report under all the rules: it costs no less, and is no more on time (%s)',
    PATIENCE,
    (_name, method) => {
      assertLaw(method, ofStage('first'), (question, delayed) => {
        if (delayed === null) return
        const asked = withBothKnown(question, delayed.writtenAt)
        const before = assess(asked)
        const after = assess(asked, delayWritten(question.facts, delayed))
        expect(after.timeliness.onTime).toBeLessThanOrEqual(before.timeliness.onTime)
        const { eventCode } = delayed
        expect(costOfFirst(after.deductions, eventCode)).toBeGreaterThanOrEqual(
          costOfFirst(before.deductions, eventCode),
        )
      })
    },
  )

  it.each(METHODS)('for all first reports, however much later: no more on time (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      () => fc.integer({ min: 1, max: 100_000 }),
      (question, seconds) => {
        const reports = question.facts.reports.map((row) =>
          row.stage === 'first' && row.writtenAt !== null
            ? { ...row, writtenAt: row.writtenAt + seconds * SECOND_MS }
            : row,
        )
        const [after, before] = [assess(question, { ...question.facts, reports }), assess(question)]
        expect(after.timeliness.owed).toBe(before.timeliness.owed)
        expect(after.timeliness.onTime).toBeLessThanOrEqual(before.timeliness.onTime)
      },
    )
  })

  it.each(METHODS)('for a call (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      ({ facts }) => oneOf(facts.reports, ({ phonedAt }) => phonedAt !== null),
      (question, delayed) => {
        if (delayed === null) return
        const reports = question.facts.reports.map((row) =>
          row === delayed && row.phonedAt !== null ? { ...row, phonedAt: row.phonedAt + SECOND_MS } : row,
        )
        const asked = withBothKnown(question, delayed.phonedAt)
        expectNotBetter(assess(asked, { ...question.facts, reports }), assess(asked))
      },
    )
  })

  // The elements of a final report or follow-up are judged by a window that begins with it and moves along.
  it.each(METHODS)('for a final report (%s)', PATIENCE, (_name, method) => {
    assertLaw(method, ofStage('final'), (question, delayed) => {
      if (delayed === null) return
      const completeness = question.regulation.completeness.filter(({ stage }) => stage === 'first')
      const regulation = { ...question.regulation, completeness }
      const asked = { ...withBothKnown(question, delayed.writtenAt), regulation }
      expectNotBetter(assess(asked, delayWritten(question.facts, delayed)), assess(asked))
    })
  })

  // One written at the very second of the first report follows nothing; a second later it does.
  it.each(METHODS)('for a follow-up after the first report (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      ({ facts }) =>
        oneOf(facts.reports, (row) => {
          const first = facts.reports.find(({ eventCode, stage }) => stage === 'first' && eventCode === row.eventCode)
          return row.stage === 'follow_up' && row.writtenAt !== null && row.writtenAt !== first?.writtenAt
        }),
      (question, delayed) => {
        if (delayed === null) return
        const completeness = question.regulation.completeness.filter(({ stage }) => stage === 'first')
        const asked = { ...question, regulation: { ...question.regulation, completeness } }
        expectNotBetter(assess(asked, delayWritten(question.facts, delayed)), assess(asked))
      },
    )
  })

  it.each(METHODS)('for a form (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      ({ facts }) => oneOf(facts.filings, ({ receivedAt }) => receivedAt !== null),
      (question, delayed) => {
        if (delayed === null) return
        const filings = question.facts.filings.map((row) =>
          row === delayed && row.receivedAt !== null ? { ...row, receivedAt: row.receivedAt + SECOND_MS } : row,
        )
        const asked = withBothKnown(question, delayed.receivedAt)
        expectNotBetter(assess(asked, { ...question.facts, filings }), assess(asked))
      },
    )
  })

  it.each(METHODS)('for a pre-report (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      ({ facts }) => oneOf(facts.preReports, () => true),
      (question, delayed) => {
        const preReports = question.facts.preReports.map((row) =>
          row === delayed ? { ...row, sentAt: row.sentAt + SECOND_MS } : row,
        )
        expectNotBetter(assess(question, { ...question.facts, preReports }), assess(question))
      },
    )
  })

  it.each(METHODS)('for a re-opening, made a second later or for a second less (%s)', PATIENCE, (_name, method) => {
    assertLaw(
      method,
      ({ facts }) =>
        fc.tuple(
          oneOf(facts.reopenings, () => true),
          fc.boolean(),
        ),
      (question, [changed, isLater]) => {
        const reopenings = question.facts.reopenings.map((row) => {
          if (row !== changed) return row
          return isLater ? { ...row, reopenedAt: row.reopenedAt + SECOND_MS } : { ...row, until: row.until - SECOND_MS }
        })
        expectNotBetter(assess(question, { ...question.facts, reopenings }), assess(question))
      },
    )
  })
})
