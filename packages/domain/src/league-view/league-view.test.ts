import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filterRows, type LeagueFilter, matchesUnit, mayBeInitials, NO_FILTER, ONLY_CHOICES } from './filter-rows.ts'
import { parseSort, SORT_KEYS, sortRows, TABLE_ORDER } from './sort-rows.ts'
import { FEW_SAMPLES, hasFewSamples, type LeagueViewRow, onTimeInterval, scoreChange, sumPoints } from './view-row.ts'

const NOTHING = { timeliness: 0, completeness: 0, truthfulness: 0, discipline: 0, filing: 0 }

function makeRow(change: Partial<LeagueViewRow> = {}): LeagueViewRow {
  return {
    unitCode: 'D13',
    name: '市住房城乡建设局',
    shortName: '住建局',
    rank: 3,
    previousRank: 5,
    score: 90,
    grade: '优秀',
    dimensions: { timeliness: 30, completeness: 20, truthfulness: 20, discipline: 10, filing: 10 },
    lost: { ...NOTHING, discipline: 10 },
    bonus: 0,
    timeliness: { onTime: 5, late: 0, missing: 0, notYetDue: 0, owed: 5 },
    completeness: { part: 60, whole: 60 },
    checks: { passed: 2, total: 3 },
    trend: [80, 85, 88, 90],
    ...change,
  }
}

const notMeasured = makeRow({
  unitCode: 'D20',
  name: '市财政局',
  shortName: null,
  rank: null,
  previousRank: null,
  score: null,
  grade: null,
  lost: NOTHING,
  timeliness: { onTime: 0, late: 0, missing: 0, notYetDue: 0, owed: 0 },
  completeness: { part: 0, whole: 0 },
  checks: { passed: 0, total: 0 },
  trend: [null, 90, null, null],
})

describe('figures of a row', () => {
  it('adds points without binary dust', () => {
    expect(sumPoints({ timeliness: 0.1, completeness: 0.2, truthfulness: 0, discipline: 0, filing: 0.5 })).toBe(0.8)
  })

  it('compares the score with the quarter before, and only when both were measured', () => {
    expect(scoreChange(makeRow())).toBe(2)
    expect(scoreChange(notMeasured)).toBeNull()
    expect(scoreChange(makeRow({ trend: [null, 90] }))).toBeNull()
    expect(scoreChange(makeRow({ trend: [90] }))).toBeNull()
  })

  it('gives the share on time its interval, none where nothing is decided', () => {
    const { high, low } = onTimeInterval({ onTime: 38, late: 1, missing: 1, notYetDue: 3, owed: 43 }) ?? {}
    // Wilson: (38 + 1.9207 ∓ 1.96 √(38·2/40 + 0.9604)) / 43.8415
    expect([low?.toFixed(3), high?.toFixed(3)]).toEqual(['0.835', '0.986'])
    expect(onTimeInterval(notMeasured.timeliness)).toBeNull()
  })

  it('calls fewer than five reports due few, but not a unit that was not measured', () => {
    const due = (onTime: number): LeagueViewRow['timeliness'] => ({
      onTime,
      late: 0,
      missing: 0,
      notYetDue: 9,
      owed: onTime + 9,
    })
    expect(hasFewSamples(makeRow({ timeliness: due(FEW_SAMPLES) }))).toBe(false)
    expect(hasFewSamples(makeRow({ timeliness: due(FEW_SAMPLES - 1) }))).toBe(true)
    expect(hasFewSamples(notMeasured)).toBe(false)
  })
})

describe('finding a unit', () => {
  const initialsOf = (name: string): string => (name === '市住房城乡建设局' ? 'szfcxjsj' : 'zjj')

  it.each(['', '  ', '住房', '住建', 'd13', 'ZJJ', 'cxjs'])('finds it by %j', (text) => {
    expect(matchesUnit(makeRow(), text, initialsOf)).toBe(true)
  })

  it('finds it by initials only once they are known, and only when letters were typed', () => {
    expect(matchesUnit(makeRow(), 'zjj', null)).toBe(false)
    expect(matchesUnit(makeRow(), '财政', initialsOf)).toBe(false)
    expect(matchesUnit(notMeasured, 'czj', initialsOf)).toBe(false)
    expect(mayBeInitials('市')).toBe(false)
  })
})

describe('filters', () => {
  const late = makeRow({
    timeliness: { onTime: 5, late: 0, missing: 1, notYetDue: 0, owed: 6 },
    lost: NOTHING,
    checks: { passed: 1, total: 1 },
  })
  const bonus = makeRow({ bonus: 1, grade: '良好', lost: NOTHING, checks: { passed: 1, total: 1 } })
  const few = makeRow({
    timeliness: { onTime: 1, late: 0, missing: 0, notYetDue: 0, owed: 1 },
    lost: NOTHING,
    checks: { passed: 1, total: 1 },
  })
  const faulty = makeRow()
  const rows = [late, bonus, few, faulty, notMeasured]
  const only = (choice: LeagueFilter['only']): LeagueViewRow[] => filterRows(rows, { ...NO_FILTER, only: choice }, null)

  it('each keep the rows they name', () => {
    expect(ONLY_CHOICES.map((choice) => only(choice))).toEqual([
      [faulty],
      [late],
      [faulty],
      [bonus],
      [few],
      [notMeasured],
    ])
    expect(filterRows(rows, { ...NO_FILTER, grade: '良好' }, null)).toEqual([bonus])
    expect(filterRows(rows, NO_FILTER, null)).toEqual(rows)
  })

  it('only ever take rows away, whatever is combined', () => {
    const filter = fc.record({
      text: fc.constantFrom('', '市', 'D2', '不在'),
      grade: fc.constantFrom(null, '优秀', '良好'),
      only: fc.constantFrom(null, ...ONLY_CHOICES),
    })
    fc.assert(
      fc.property(filter, (one) => {
        const kept = filterRows(rows, one, null)
        expect(rows.filter((row) => kept.includes(row))).toEqual(kept)
      }),
    )
  })
})

describe('orders', () => {
  it('reads `-score`, and takes anything unknown for the order of the table', () => {
    expect(parseSort('-score')).toEqual({ key: 'score', isDescending: true })
    expect(parseSort('onTime')).toEqual({ key: 'onTime', isDescending: false })
    for (const text of [null, '', '-', 'constructor', 'Score']) expect(parseSort(text)).toEqual(TABLE_ORDER)
  })

  it('put rows without a value last in both directions and keep the order of equals', () => {
    const [a, b, c] = [makeRow({ unitCode: 'A' }), makeRow({ unitCode: 'B', score: 95 }), makeRow({ unitCode: 'C' })]
    const rows = [notMeasured, a, b, c]
    expect(sortRows(rows, { key: 'score', isDescending: true })).toEqual([b, a, c, notMeasured])
    expect(sortRows(rows, { key: 'score', isDescending: false })).toEqual([a, c, b, notMeasured])
  })

  it.each([
    ['rank', { rank: 1 }],
    ['unit', { unitCode: 'A00' }],
    ['score', { score: 1 }],
    ['parts', { dimensions: NOTHING }],
    ['timeliness', { lost: { ...NOTHING, timeliness: -1 } }],
    ['completeness', { lost: { ...NOTHING, completeness: -1 } }],
    ['truthfulness', { lost: { ...NOTHING, truthfulness: -1 } }],
    ['discipline', { lost: { ...NOTHING, discipline: -1 } }],
    ['filing', { lost: { ...NOTHING, filing: -1 } }],
    ['onTime', { timeliness: { onTime: 1, late: 9, missing: 0, notYetDue: 0, owed: 10 } }],
    ['elements', { completeness: { part: 1, whole: 12 } }],
    ['checks', { checks: { passed: 0, total: 3 } }],
    ['deductions', { lost: { ...NOTHING, filing: -1 } }],
    ['previous', { previousRank: 1 }],
    ['trend', { trend: [99, 1] }],
    ['expected', { expectedRank: 2.5 }],
    ['fair', { fairRank: 2 }],
  ] as const)('by %s look at that figure', (key, change) => {
    const lower = makeRow(change)
    const known = makeRow({ expectedRank: 30.1, fairRank: 29 })
    expect(sortRows([known, lower], { key, isDescending: false })[0]).toBe(lower)
    expect(sortRows([lower, known], { key, isDescending: true })[1]).toBe(lower)
  })

  it('give the same list whatever order they start from, but for equals', () => {
    const rows = [70, 80.5, 91, 99].map((score, index) => makeRow({ unitCode: `D0${index}`, score }))
    const shuffled = fc.shuffledSubarray([...rows, notMeasured], { minLength: 5 })
    fc.assert(
      fc.property(shuffled, fc.boolean(), (list, isDescending) => {
        const sorted = sortRows(list, { key: 'score', isDescending })
        expect(sorted).toEqual([...(isDescending ? [...rows].reverse() : rows), notMeasured])
      }),
    )
  })

  it('have a figure for every key', () => {
    for (const key of SORT_KEYS) expect(sortRows([notMeasured, makeRow()], { key, isDescending: true })).toHaveLength(2)
  })
})
