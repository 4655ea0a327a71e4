import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startOfLocalDay } from '../calendar/local-time.ts'
import { toQuarter } from '../calendar/quarter.ts'
import type { UnitFacts, WaiverFact } from '../facts/facts.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { arbitraryFacts } from '../testing/arbitrary-facts.ts'
import { on } from '../testing/make-facts.ts'
import { assessUnit } from './assess-unit.ts'
import type { Deduction, UnitAssessment } from './assessment.ts'
import { joinAssessments } from './join-assessments.ts'
import { addEvents, finishAssessment, startAssessment } from './assess-unit.ts'

const RULES = { quarter: toQuarter('2026Q3'), regulation: SAMPLE_REGULATION, holidays: SAMPLE_HOLIDAYS }
const LATER = startOfLocalDay(on('2026-12-01'))
const CLAIMED = startOfLocalDay(on('2026-10-10'))
const WAIVED = startOfLocalDay(on('2026-10-20'))

function assess(facts: UnitFacts, asOf = LATER): UnitAssessment {
  return assessUnit(facts, { ...RULES, asOf })
}

function waiverOf({ at, code, ref }: Deduction, waivedAt: number | null = WAIVED): WaiverFact {
  return { unitCode: 'U01', ref, code, at, claimedAt: CLAIMED, waivedAt }
}

const keyOf = ({ at, code, ref }: Deduction): string => `${code} ${ref} ${at}`
const withSome = arbitraryFacts.chain((facts) => {
  const { deductions } = assess(facts)
  return fc.tuple(fc.constant(facts), fc.subarray([...deductions]))
})

describe('a waiver', () => {
  it('takes exactly the deductions it names, never lowers a score, and leaves what was owed and what came of it', () => {
    fc.assert(
      fc.property(withSome, ([facts, some]) => {
        const before = assess(facts)
        const after = assess({ ...facts, waivers: some.map((one) => waiverOf(one)) })
        const gone = new Set(some.map(keyOf))
        expect(after.deductions).toEqual(before.deductions.filter((one) => !gone.has(keyOf(one))))
        expect(after.score ?? 0).toBeGreaterThanOrEqual(before.score ?? 0)
        const told = ({ checks, completeness, filings, timeliness }: UnitAssessment) => [
          checks,
          completeness,
          filings,
          timeliness,
        ]
        expect(told(after)).toEqual(told(before))
        const faults = after.tally.periods.flatMap((one) => one.faults)
        expect(faults.reduce((sum, one) => sum + one.points, 0)).toBe(
          after.deductions.reduce((sum, one) => sum + one.points, 0),
        )
        expect(after.tally.periods.map(({ chances }) => chances)).toEqual(
          before.tally.periods.map(({ chances }) => chances),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('marks the row while the appeal is open, from the second it was handed in', () => {
    fc.assert(
      fc.property(withSome, ([facts, [one]]) => {
        if (one === undefined) return
        const decided = { ...facts, waivers: [waiverOf(one)] }
        const open = { ...facts, waivers: [waiverOf(one, null)] }
        const isMarked = (some: UnitFacts, asOf: number) => assess(some, asOf).flags.includes('under_appeal')
        expect([CLAIMED - 1000, CLAIMED, WAIVED - 1000, WAIVED].map((at) => isMarked(decided, at))).toEqual([
          false,
          true,
          true,
          false,
        ])
        expect(isMarked(open, LATER)).toBe(true)
        expect(assess(decided, CLAIMED).steadyUntil).toBeLessThanOrEqual(WAIVED)
        expect(assess(open).deductions).toEqual(assess(facts).deductions)
      }),
      { numRuns: 50 },
    )
  })

  it('goes with its unit into the one that bears its facts', () => {
    fc.assert(
      fc.property(withSome, ([facts, some]) => {
        const progress = (own: UnitFacts) => addEvents(startAssessment(own, { ...RULES, asOf: LATER }), own.reports)
        const appealed = { ...facts, waivers: some.map((one) => waiverOf(one, null)) }
        const joined = finishAssessment(joinAssessments('U02', [progress(facts), progress(appealed)]))
        expect(joined.flags.includes('under_appeal')).toBe(some.length > 0)
      }),
      { numRuns: 30 },
    )
  })
})
