import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toQuarter } from '../calendar/quarter.ts'
import { ELEMENTS } from '../facts/facts.ts'
import { assessUnit } from '../league/assess-unit.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { arbitraryFacts, arbitraryMomentOf } from '../testing/arbitrary-facts.ts'
import { at, makeCheck, makeFacts, makePeriod, makeReport, on } from '../testing/make-facts.ts'
import { NO_RATIOS, toIndicatorRatios } from './indicator.ts'
import { addIndicatorRatios, tabulateMonths } from './tabulate-months.ts'

const RULES = { quarter: toQuarter('2026Q3'), regulation: SAMPLE_REGULATION, holidays: SAMPLE_HOLIDAYS }
const END = at('2026-10-05 00:00')

describe('the months of a unit’s quarter', () => {
  it('sum to what the quarter counts, whatever the facts and the moment', () => {
    const factsAndMoments = arbitraryFacts.chain((facts) => fc.tuple(fc.constant(facts), arbitraryMomentOf(facts)))
    fc.assert(
      fc.property(factsAndMoments, ([facts, asOf]) => {
        const months = tabulateMonths(facts, { ...RULES, asOf })
        expect(months).toHaveLength(3)
        expect(months.reduce(addIndicatorRatios, NO_RATIOS)).toEqual(
          toIndicatorRatios(assessUnit(facts, { ...RULES, asOf })),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('take an event by the start of its clock, a check by its moment, a form by its due day', () => {
    const reports = ['2026-07-31 23:59:59', '2026-08-01 00:00:00'].map((clock, index) => {
      const learnedAt = at(clock)
      return makeReport({ eventCode: `E${index}`, occurredAt: learnedAt, learnedAt, elements: [...ELEMENTS] })
    })
    const checks = [
      makeCheck({ checkCode: 'K1', checkedAt: at('2026-08-31 23:59:59') }),
      makeCheck({ checkCode: 'K2', checkedAt: at('2026-09-01 00:00:00'), findings: ['absent'] }),
    ]
    const [july, august, september] = tabulateMonths(makeFacts({ reports, checks }), { ...RULES, asOf: END })
    expect([july?.timeliness, august?.timeliness]).toEqual([
      { part: 0, whole: 1 },
      { part: 0, whole: 1 },
    ])
    expect([july?.completeness.whole, august?.completeness.whole]).toEqual([12, 12])
    expect([august?.checks, september?.checks]).toEqual([
      { part: 1, whole: 1 },
      { part: 0, whole: 1 },
    ])
    // Both autumn holidays are reported in September.
    expect([august?.filings.whole, september?.filings]).toEqual([0, { part: 0, whole: 4 }])
  })

  it('owe nothing before the unit was there', () => {
    const facts = makeFacts({ reports: [makeReport()], periods: [makePeriod({ validFrom: on('2026-08-01') })] })
    expect(tabulateMonths(facts, { ...RULES, asOf: END })[0]).toEqual(NO_RATIOS)
  })
})
