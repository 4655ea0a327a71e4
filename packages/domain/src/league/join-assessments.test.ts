import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toQuarter } from '../calendar/quarter.ts'
import type { UnitFacts } from '../facts/facts.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { arbitraryFacts } from '../testing/arbitrary-facts.ts'
import { at, makeFacts, makeMisreport, makePeriod } from '../testing/make-facts.ts'
import { addEvents, type AssessmentProgress, finishAssessment, finishSummary, startAssessment } from './assess-unit.ts'
import { joinAssessments } from './join-assessments.ts'

const CONTEXT = {
  quarter: toQuarter('2026Q3'),
  asOf: at('2026-10-05 00:00'),
  regulation: SAMPLE_REGULATION,
  holidays: SAMPLE_HOLIDAYS,
}

function assess(facts: UnitFacts, keepsDeductions = true): AssessmentProgress {
  return addEvents(startAssessment(facts, CONTEXT, { keepsDeductions }), facts.reports)
}

describe('what several units come to for the one that bears them', () => {
  it('is that of the unit itself when there is one, and the sum of counts and losses for more, in any order', () => {
    fc.assert(
      fc.property(arbitraryFacts, arbitraryFacts, (one, two) => {
        const [a, b] = [assess(one), assess(two)]
        expect(finishAssessment(joinAssessments('U01', [a]))).toEqual(finishAssessment(a))
        const joined = finishAssessment(joinAssessments('Z', [a, b]))
        const back = finishAssessment(joinAssessments('Z', [b, a]))
        expect({ ...joined, deductions: joined.deductions.length }).toEqual({
          ...back,
          deductions: back.deductions.length,
        })
        const [x, y] = [finishAssessment(a), finishAssessment(b)]
        expect(joined.timeliness.owed).toBe(x.timeliness.owed + y.timeliness.owed)
        expect(joined.filings.owed).toBe(x.filings.owed + y.filings.owed)
        expect(joined.completeness.whole).toBe(x.completeness.whole + y.completeness.whole)
        expect(joined.checks.total).toBe(x.checks.total + y.checks.total)
        expect(joined.lost.timeliness).toBe(x.lost.timeliness + y.lost.timeliness)
        expect(joined.lost.discipline).toBe(x.lost.discipline + y.lost.discipline)
        expect(joined.deductions.length).toBe(x.deductions.length + y.deductions.length)
        expect(joined.deductionCount).toBe(joined.deductions.length)
        expect(joined.isMeasured).toBe(x.isMeasured || y.isMeasured)
      }),
      { numRuns: 200 },
    )
  })

  it('is judged by the rules from the sums: base less what both lost, a veto of either for both', () => {
    const facts = (unitCode: string, kind: 'understated' | 'concealed'): UnitFacts => {
      const misreport = makeMisreport({ unitCode, kind, misreportCode: unitCode })
      return makeFacts({ unitCode, periods: [makePeriod({ unitCode })], misreports: [misreport], checks: [] })
    }
    const check = {
      method: 'phone',
      checkedAt: at('2026-08-01 09:00'),
      inspectors: [],
      findings: [],
      note: null,
    } as const
    const mild = { ...facts('A', 'understated'), checks: [{ ...check, checkCode: 'K', unitCode: 'A' }] }
    const joined = finishSummary(joinAssessments('C', [assess(mild), assess(facts('B', 'concealed'))]))
    expect(joined).toMatchObject({ unitCode: 'C', lost: { truthfulness: 2400 }, dimensions: { truthfulness: 0 } })
    expect(joined.grade).toBe('poor')
    const both = joinAssessments('C', [assess(mild), assess(facts('B', 'understated'))])
    expect(finishSummary(both)).toMatchObject({ lost: { truthfulness: 800 }, dimensions: { truthfulness: 1200 } })
  })

  it('keeps deductions only when every part did', () => {
    const parts = [assess(makeFacts()), assess(makeFacts(), false)]
    expect(() => finishAssessment(joinAssessments('U01', parts))).toThrow(RangeError)
  })

  it('is refused for nothing, and for different quarters, instants or rules', () => {
    const part = assess(makeFacts())
    const odd = [
      { ...CONTEXT, quarter: toQuarter('2026Q2') },
      { ...CONTEXT, asOf: 0 },
      { ...CONTEXT, regulation: { ...SAMPLE_REGULATION } },
    ].map((context) => startAssessment(makeFacts(), context))
    expect(() => joinAssessments('U01', [])).toThrow(RangeError)
    for (const other of odd) expect(() => joinAssessments('U01', [part, other])).toThrow(RangeError)
  })
})
