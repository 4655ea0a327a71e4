import { describe, expect, it } from 'vitest'
import { buildDeductionRows, countByDimension } from './deduction-list.ts'
import { makeUnitPage } from './testing/make-unit-page.ts'

const { deductions } = makeUnitPage()

function list(order: 'points' | 'time', dimension: 'timeliness' | null = null) {
  return buildDeductionRows(deductions, { order, dimension }).map(({ deduction }) => [deduction.points, deduction.code])
}

describe('buildDeductionRows', () => {
  it('puts the costliest first and keeps the order of the rules among equals', () => {
    expect(list('points')).toEqual([
      [2, 'element_missing'],
      [2, 'not_as_rostered'],
      [1, 'phone_late'],
      [1, 'follow_up_missed'],
      [1, 'written_late'],
      [1, 'element_missing'],
      [1, 'log_missing'],
      [0.5, 'filing_late'],
    ])
  })

  it('puts the earliest first when asked for time', () => {
    expect(list('time').slice(0, 3)).toEqual([
      [1, 'phone_late'],
      [1, 'follow_up_missed'],
      [1, 'written_late'],
    ])
  })

  it('keeps one dimension when asked for it', () => {
    expect(list('points', 'timeliness')).toHaveLength(3)
  })

  it('gives every deduction a key of its own', () => {
    const keys = buildDeductionRows(deductions, { order: 'time', dimension: null }).map(({ key }) => key)
    expect(new Set(keys).size).toBe(deductions.length)
  })
})

describe('countByDimension', () => {
  it('counts a dimension without deductions as 0', () => {
    expect(countByDimension(deductions)).toEqual([
      { dimension: 'timeliness', count: 3 },
      { dimension: 'completeness', count: 2 },
      { dimension: 'truthfulness', count: 0 },
      { dimension: 'discipline', count: 2 },
      { dimension: 'filing', count: 1 },
    ])
  })
})
