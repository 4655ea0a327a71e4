import { describe, expect, it } from 'vitest'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { MEIZHOU } from '../regulation/samples/meizhou.ts'
import type { Regulation } from '../regulation/regulation.ts'
import { toQuarter } from '../calendar/quarter.ts'
import { at, makeCheck, makeFacts, makePeriod, makeReport } from '../testing/make-facts.ts'
import { assessUnit, compareDeductions } from './assess-unit.ts'
import { rankUnits } from './rank-units.ts'
import { compareWhatIf, computeRankRanges, computeWhatIfTable, listWeightVariations, prepareWhatIf } from './what-if.ts'

const CONTEXT = {
  quarter: toQuarter('2026Q3'),
  asOf: at('2026-10-08 00:00'),
  regulation: SAMPLE_REGULATION,
  holidays: SAMPLE_HOLIDAYS,
}

function unit(unitCode: string, hoursLate: number, findings: readonly 'absent'[] = []) {
  const learnedAt = at('2026-07-10 08:00')
  const report = makeReport({
    unitCode,
    eventCode: `E-${unitCode}`,
    level: 'IV',
    occurredAt: learnedAt,
    learnedAt,
    phonedAt: null,
    writtenAt: learnedAt + (2 + hoursLate) * 3_600_000,
  })
  return makeFacts({
    unitCode,
    periods: [makePeriod({ unitCode })],
    reports: [report],
    checks: findings.length === 0 ? [] : [makeCheck({ unitCode, checkedAt: learnedAt, findings: [...findings] })],
  })
}

const UNITS = [unit('A', 0), unit('B', 2), unit('C', 0, ['absent'])]
const POSITION = new Map(UNITS.map(({ unitCode }, index) => [unitCode, index]))
const PREPARED = prepareWhatIf(UNITS)

/** The sample with another price of a started hour. */
function withHour(points: number): Regulation {
  return {
    ...SAMPLE_REGULATION,
    deductions: SAMPLE_REGULATION.deductions.map((rule) =>
      rule.code === 'written_late' ? { ...rule, shape: { kind: 'per_started_hour', points, max: null } } : rule,
    ),
  }
}

function tableBy(regulation: Regulation) {
  return computeWhatIfTable(PREPARED, { ...CONTEXT, regulation }, POSITION)
}

describe('what a draft would have done', () => {
  it('is computed as the table itself is', () => {
    const assessments = UNITS.map((facts) => assessUnit(facts, CONTEXT))
    const table = tableBy(SAMPLE_REGULATION).map(({ summary, ...rank }) => ({
      ...rank,
      summary: { ...summary, deductions: summary.deductions.toSorted(compareDeductions) },
    }))
    expect(table).toEqual(rankUnits(assessments, POSITION))
  })

  it('says who moves, whose grade changes, and by which deductions', () => {
    const rows = compareWhatIf(tableBy(SAMPLE_REGULATION), tableBy(withHour(10_00)))
    expect(rows.map((row) => [row.unitCode, row.before.rank, row.after.rank, row.placesGained])).toEqual([
      ['A', 1, 1, 0],
      ['C', 3, 2, 1],
      ['B', 2, 3, -1],
    ])
    expect(rows.map(({ hasNewGrade }) => hasNewGrade)).toEqual([false, false, true])
    expect(rows[0]?.shifts).toEqual([])
    expect(rows[2]?.shifts).toEqual([
      { code: 'written_late', before: { count: 1, points: 2_00 }, after: { count: 1, points: 20_00 } },
    ])
  })

  it('names a deduction that came or went, the larger difference first', () => {
    const without: Regulation = {
      ...SAMPLE_REGULATION,
      deductions: SAMPLE_REGULATION.deductions.filter(({ code }) => code !== 'absent' && code !== 'filing_missing'),
    }
    const shifts = (before: Regulation, after: Regulation) =>
      compareWhatIf(tableBy(before), tableBy(after)).find(({ unitCode }) => unitCode === 'C')?.shifts
    const gone = shifts(SAMPLE_REGULATION, without)
    expect(gone?.map(({ after, before, code }) => [code, before.count > 0, after.count])).toEqual([
      ['absent', true, 0],
      ['filing_missing', true, 0],
    ])
    expect(shifts(without, SAMPLE_REGULATION)?.map(({ before }) => before.count)).toEqual([0, 0])
  })

  it('has no move for a unit without a rank, and refuses tables of different units', () => {
    const silent = makeFacts({ unitCode: 'D', periods: [makePeriod({ unitCode: 'D' })] })
    const table = computeWhatIfTable(prepareWhatIf([silent]), CONTEXT, new Map([['D', 0]]))
    expect(compareWhatIf(table, table)[0]).toMatchObject({ placesGained: null, hasNewGrade: false })
    expect(computeRankRanges(table, SAMPLE_REGULATION)).toEqual([])
    expect(() => compareWhatIf(table, [])).toThrow('different units')
    expect(() => compareWhatIf(table, tableBy(SAMPLE_REGULATION).slice(0, 1))).toThrow('in one table alone')
  })
})

describe('weights a fifth up and down', () => {
  it('are varied each alone and in every corner, at an unchanged sum', () => {
    const variations = listWeightVariations(SAMPLE_REGULATION)
    expect(variations).toHaveLength(2 * 5 + 2 ** 5)
    const bases = { timeliness: 3000, completeness: 2000, truthfulness: 2000, discipline: 2000, filing: 1000 }
    for (const factors of variations) {
      const sum = Object.entries(bases).reduce(
        (total, [key, base]) => total + base * (factors.get(key as keyof typeof bases) ?? 0),
        0,
      )
      expect(sum).toBeCloseTo(10_000)
    }
    const [less, more] = variations.map((factors) => (factors.get('timeliness') ?? 0) / (factors.get('filing') ?? 1))
    expect([less, more]).toEqual([0.8, 1.2])
  })

  it('go by the weights of a method that has them', () => {
    const { dimensions } = SAMPLE_REGULATION
    const weighted: Regulation = {
      ...SAMPLE_REGULATION,
      dimensions: {
        ...dimensions,
        timeliness: { ...dimensions.timeliness, weight: 90_00 },
        completeness: { ...dimensions.completeness, weight: 10_00 },
        truthfulness: { ...dimensions.truthfulness, weight: 0 },
        discipline: { ...dimensions.discipline, base: 0, floor: 0, cap: 0, weight: 0 },
        filing: { ...dimensions.filing, weight: 0 },
      },
    }
    const [less] = listWeightVariations(weighted)
    expect(less?.size).toBe(2)
    expect(less?.get('timeliness')).toBeCloseTo((0.8 * 100) / (0.8 * 90 + 10))
  })

  it('show between which places a unit stands: B loses time, C discipline, and weights decide between them', () => {
    const costly = tableBy(withHour(2_50))
    expect(costly.map(({ rank, summary }) => [summary.unitCode, rank])).toEqual([
      ['A', 1],
      ['B', 2],
      ['C', 2],
    ])
    const ranges = computeRankRanges(costly, withHour(2_50))
    expect(ranges?.map(({ best, unitCode, worst }) => [unitCode, best, worst])).toEqual([
      ['A', 1, 1],
      ['B', 2, 3],
      ['C', 2, 3],
    ])
    expect(ranges?.some(({ isSensitive }) => isSensitive)).toBe(false)
  })

  it('are sensitive when a place moves by more than two of few units', () => {
    const many = [unit('A', 0), ...['B', 'C', 'D', 'E'].map((code) => unit(code, 2)), unit('F', 0, ['absent'])]
    const position = new Map(many.map(({ unitCode }, index) => [unitCode, index]))
    const regulation = withHour(2_50)
    const ranges = computeRankRanges(
      computeWhatIfTable(prepareWhatIf(many), { ...CONTEXT, regulation }, position),
      regulation,
    )
    expect(ranges?.find(({ unitCode }) => unitCode === 'F')).toEqual({
      unitCode: 'F',
      rank: 2,
      best: 2,
      worst: 6,
      isSensitive: true,
    })
  })

  it('are none in a method by items or of one dimension, and a bound score stays in its bounds', () => {
    expect(computeRankRanges([], MEIZHOU)).toBeNull()
    expect(computeRankRanges([], { ...SAMPLE_REGULATION, items: MEIZHOU.items })).toBeNull()
    const capped: Regulation = { ...withHour(2_50), total: { floor: 0, cap: 1_00 } }
    expect(computeRankRanges(tableBy(capped), capped)?.map(({ best, worst }) => [best, worst])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ])
  })
})
