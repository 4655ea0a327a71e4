import { NO_FILTER, SORT_KEYS, TABLE_ORDER } from '@zhidu/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildScoreSum } from './explanation.ts'
import { leagueExportLink } from './export-link.ts'
import { parseOnly } from './league-filter.ts'
import { countedLost, listGrades, unseenDimensions } from './league-row.ts'
import { nextSort, sortToText } from './league-sort.ts'
import { BASE, makeNotMeasured, makeRow, makeTable, NOTHING_LOST } from './testing/make-league.ts'
import { computeWindow, VIRTUAL_FROM } from '../../ui/virtual-window.ts'

describe('a press on a header', () => {
  it('sorts its own way, then the other, then gives back the order of the table', () => {
    const first = nextSort(TABLE_ORDER, 'score')
    expect(sortToText(first)).toBe('-score')
    expect(sortToText(nextSort(first, 'score'))).toBe('score')
    expect(nextSort(nextSort(first, 'score'), 'score')).toEqual(TABLE_ORDER)
  })

  it('turns to any other column at once', () => {
    for (const key of SORT_KEYS)
      expect(nextSort({ key: key === 'score' ? 'unit' : 'score', isDescending: true }, key).key).toBe(key)
  })
})

describe('explanations', () => {
  it('add up: full points, what counted of each dimension, bonus, score', () => {
    const row = makeTable().rows[1]!
    const sum = buildScoreSum(row, makeTable().total, BASE)
    const steps = sum.slice(0, -1).reduce((total, line) => total + line.own, 0)
    expect(steps).toBeCloseTo(87.5, 10)
    expect(sum.at(-1)).toEqual({ kind: 'score', own: 87.5, mean: 91.67 })
  })

  it('count only what was there to lose', () => {
    const row = makeRow({ lost: { ...NOTHING_LOST, discipline: 26 }, dimensions: { ...BASE, discipline: 0 } })
    expect(countedLost(row, BASE, 'discipline')).toBe(20)
  })
})

it('draws hollow what nobody looked at, but never a deduction that was found', () => {
  expect(unseenDimensions(makeNotMeasured())).toEqual(['timeliness', 'completeness', 'truthfulness', 'discipline'])
  expect(unseenDimensions(makeNotMeasured({ lost: { ...NOTHING_LOST, truthfulness: 12 } }))).not.toContain(
    'truthfulness',
  )
  expect(unseenDimensions(makeRow())).toEqual([])
})

it('offers the grades that occur, and only filters it knows', () => {
  expect(listGrades(makeTable().rows)).toEqual(['优秀', '良好'])
  expect([parseOnly('late'), parseOnly('everything'), parseOnly(null)]).toEqual(['late', null, null])
})

it('exports what is on screen: rows, order and columns', () => {
  const link = leagueExportLink({
    quarter: '2026Q3',
    group: '市直组',
    asOf: null,
    tree: 'then',
    filter: { ...NO_FILTER, text: ' zjj ', only: 'late' },
    sort: { key: 'score', isDescending: true },
    columns: ['rank', 'unit'],
    language: 'en',
  })
  const query = new URL(link, 'http://x').searchParams
  expect(Object.fromEntries(query)).toEqual({
    quarter: '2026Q3',
    group: '市直组',
    search: 'zjj',
    only: 'late',
    sort: '-score',
    columns: 'rank,unit',
    lang: 'en',
  })
})

describe('computeWindow', () => {
  it('draws every row of a usual table', () => {
    expect(computeWindow(VIRTUAL_FROM, 32, -4000, 900)).toEqual({ from: 0, to: VIRTUAL_FROM, before: 0, after: 0 })
  })

  it('draws few rows of a long one, covers the screen and keeps its height', () => {
    const rowHeight = 32
    fc.assert(
      fc.property(fc.integer({ min: 201, max: 5000 }), fc.integer({ min: 0, max: 200_000 }), (count, scrolled) => {
        const { from, to, before, after } = computeWindow(count, rowHeight, 240 - scrolled, 900)
        const firstSeen = Math.max(0, Math.floor((scrolled - 240) / rowHeight))
        const lastSeen = Math.min(count, Math.ceil((scrolled + 660) / rowHeight))
        return (
          before + (to - from) * rowHeight + after === count * rowHeight &&
          to - from <= 70 &&
          (firstSeen >= count || (from <= firstSeen && to >= lastSeen))
        )
      }),
    )
  })
})
