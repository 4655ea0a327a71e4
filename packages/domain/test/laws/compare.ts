import fc from 'fast-check'
import { expect } from 'vitest'
import { type DeductionCode, DIMENSIONS, GRADES, type Regulation, type UnitAssessment } from '../../src/index.ts'

/** No less is lost in any dimension, and neither the score nor the grade is better. A unit that was not measured has no score to compare. */
export function expectNoBetterScore(after: UnitAssessment, before: UnitAssessment): void {
  for (const dimension of DIMENSIONS) {
    expect(after.lost[dimension]).toBeGreaterThanOrEqual(before.lost[dimension])
  }
  if (before.isMeasured) expect(after.isMeasured).toBe(true)
  if (before.score === null || before.grade === null || after.grade === null) return
  expect(after.score).toBeLessThanOrEqual(before.score)
  expect(GRADES.indexOf(after.grade)).toBeGreaterThanOrEqual(GRADES.indexOf(before.grade))
}

/** As much is owed, no more of it is on time, and the score is no better. */
export function expectNotBetter(after: UnitAssessment, before: UnitAssessment): void {
  expect(after.timeliness.owed).toBe(before.timeliness.owed)
  expect(after.filings.owed).toBe(before.filings.owed)
  expect(after.timeliness.onTime).toBeLessThanOrEqual(before.timeliness.onTime)
  expect(after.filings.onTime).toBeLessThanOrEqual(before.filings.onTime)
  expectNoBetterScore(after, before)
}

/** Some row that `isChosen`; null = there is none. */
export function oneOf<T>(rows: readonly T[], isChosen: (row: T) => boolean): fc.Arbitrary<T | null> {
  const chosen = rows.filter(isChosen)
  return chosen.length === 0 ? fc.constant(null) : fc.constantFrom(...chosen)
}

const OF_WHAT_FOLLOWS: readonly DeductionCode[] = ['follow_up_missed', 'element_missing', 'final_late', 'final_missing']

/** The rules without slots, elements and final reports, all of which are counted from the first report. */
export function ofFirstReportsAlone(regulation: Regulation): Regulation {
  return {
    ...regulation,
    followUps: [],
    completeness: [],
    deadlines: regulation.deadlines.filter(({ stage }) => stage === 'first'),
    deductions: regulation.deductions.filter(({ code }) => !OF_WHAT_FOLLOWS.includes(code)),
  }
}
