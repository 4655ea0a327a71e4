import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, SECOND_MS, startOfLocalDay } from '../calendar/local-time.ts'
import { toQuarter } from '../calendar/quarter.ts'
import type { UnitFacts } from '../facts/facts.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { arbitraryFacts, arbitraryMomentOf } from '../testing/arbitrary-facts.ts'
import { on } from '../testing/make-facts.ts'
import { assessUnit } from './assess-unit.ts'
import type { UnitAssessment } from './assessment.ts'

const RULES = { quarter: toQuarter('2026Q3'), regulation: SAMPLE_REGULATION, holidays: SAMPLE_HOLIDAYS }
const LONG_AFTER = startOfLocalDay(on('2028-01-01'))

function assess(facts: UnitFacts, asOf: number): UnitAssessment {
  return assessUnit(facts, { ...RULES, asOf })
}

function withoutMoment({ asOf: _asOf, steadyFrom: _from, steadyUntil: _until, ...rest }: UnitAssessment): object {
  return rest
}

// What the rollups of the rules in use stand on; every law under every method is in packages/domain/test/laws.
describe('a unit’s quarter under the sample rules', { timeout: 60_000 }, () => {
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
})
