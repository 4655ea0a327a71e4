import { describe, expect, it } from 'vitest'
import {
  assessUnit,
  type Dimension,
  DIMENSIONS,
  type Grade,
  listGroupMembers,
  officialOrder,
  type RankedUnit,
  rankUnits,
  SAMPLE_HOLIDAYS,
  SAMPLE_REGULATION,
  toQuarter,
  type UnitAssessment,
} from '../src/index.ts'
import { at } from '../src/testing/make-facts.ts'
import { readExample, readExpected } from './support/read-example.ts'

const GRADE_WORDS: Readonly<Record<Grade, string>> = { excellent: '优秀', good: '良好', fair: '一般', poor: '较差' }
const QUARTER = toQuarter('2026Q3')

/** As `zhidu league --json`, without what the expected files leave out (name, ranges, previous rank, `at`). */
function toExampleRow({ isTied, rank, summary }: RankedUnit<UnitAssessment>): object {
  const dimensions: Partial<Record<Dimension, number>> = {}
  for (const dimension of DIMENSIONS) dimensions[dimension] = summary.dimensions[dimension] / 100
  return {
    rank,
    tied: isTied,
    unitCode: summary.unitCode,
    score: summary.score === null ? null : summary.score / 100,
    grade: summary.grade === null ? null : GRADE_WORDS[summary.grade],
    dimensions,
    bonus: summary.bonus / 100,
    timeliness: summary.timeliness,
    completeness: summary.completeness,
    checks: summary.checks,
    commendable: summary.isCommendable,
    flags: summary.flags,
    deductions: summary.deductions.map(({ code, dimension, points, ref }) => ({
      dimension,
      code,
      points: points / 100,
      ref,
    })),
  }
}

function rankExample(group: string): RankedUnit<UnitAssessment>[] {
  const facts = readExample()
  const periodsByUnit = new Map([...facts].map(([unitCode, { periods }]) => [unitCode, periods]))
  const asOf = at('2026-10-05 00:00:00')
  const context = { quarter: QUARTER, asOf, regulation: SAMPLE_REGULATION, holidays: SAMPLE_HOLIDAYS }
  const assessed = listGroupMembers(periodsByUnit, QUARTER, group).flatMap(({ unitCode }) => {
    const unit = facts.get(unitCode)
    return unit === undefined ? [] : [assessUnit(unit, context)]
  })
  return rankUnits(assessed, officialOrder(facts.keys()))
}

describe('the golden quarter 2026Q3 as of 2026-10-05 00:00', () => {
  it.each(['县区组', '市直组'])('gives %s exactly', (group) => {
    expect(rankExample(group).map(toExampleRow)).toEqual(readExpected(group))
  })

  it('keeps the top unit in the table of its own group only', () => {
    expect(rankExample('本级').map(({ summary }) => summary.unitCode)).toEqual(['J00'])
  })
})
