import { describe, expect, it } from 'vitest'
import { cutToSecond, localDateOf, startOfLocalDay, startOfLocalDayAt, toLocalIso } from './local-time.ts'
import { addDays, isPlainDate, toPlainDate } from './plain-date.ts'
import {
  isQuarter,
  monthOfQuarter,
  quarterOf,
  quarterOfDate,
  quarterRange,
  shiftQuarter,
  toQuarter,
} from './quarter.ts'

const MIDNIGHT = Date.UTC(2026, 6, 2, 16)

describe('local time is UTC+08:00', () => {
  it('starts its day at 16:00 UTC of the day before', () => {
    expect(startOfLocalDay(toPlainDate('2026-07-03'))).toBe(MIDNIGHT)
    expect([localDateOf(MIDNIGHT - 1), localDateOf(MIDNIGHT)]).toEqual(['2026-07-02', '2026-07-03'])
    expect([MIDNIGHT - 1, MIDNIGHT, MIDNIGHT + 86_399_999].map(startOfLocalDayAt)).toEqual([
      MIDNIGHT - 86_400_000,
      MIDNIGHT,
      MIDNIGHT,
    ])
  })

  it('is written with its offset, fractions of a second cut', () => {
    expect(toLocalIso(MIDNIGHT + 1999)).toBe('2026-07-03T00:00:01+08:00')
    expect([cutToSecond(1999), cutToSecond(-1)]).toEqual([1000, -1000])
  })
})

describe('dates', () => {
  it('are real days written in full', () => {
    expect(['2024-02-29', '0001-01-01', '9999-12-31'].every(isPlainDate)).toBe(true)
    expect(['2026-02-29', '2026-13-01', '0000-01-01', '2026-1-1', '20260101', ''].some(isPlainDate)).toBe(false)
    expect(() => toPlainDate('2026-02-30')).toThrow(RangeError)
    const [first, last] = [toPlainDate('0001-01-01'), toPlainDate('9999-12-31')]
    expect([addDays(addDays(first, 1), -1), addDays(addDays(last, -1), 1)]).toEqual([first, last])
    for (const [date, days] of [[first, -1] as const, [last, 1] as const, [first, Number.NaN] as const]) {
      expect(() => addDays(date, days)).toThrow(RangeError)
    }
  })

  it('are added to across months and years', () => {
    expect(addDays(toPlainDate('2026-01-01'), -5)).toBe('2025-12-27')
    expect(addDays(toPlainDate('2024-02-28'), 2)).toBe('2024-03-01')
  })
})

describe('quarters', () => {
  it('are written 2026Q3', () => {
    expect(isQuarter('2026Q4')).toBe(true)
    expect(['2026Q5', '2026Q0', '0999Q1', '2026q1', '2026'].some(isQuarter)).toBe(false)
    expect(() => toQuarter('2026-3')).toThrow(RangeError)
  })

  it.each([
    ['2026Q1', '2026-01-01', '2026-03-31'],
    ['2026Q2', '2026-04-01', '2026-06-30'],
    ['2026Q3', '2026-07-01', '2026-09-30'],
    ['2026Q4', '2026-10-01', '2026-12-31'],
  ])('%s runs from %s to %s, local time', (text, firstOn, lastOn) => {
    const range = quarterRange(toQuarter(text))
    expect(range).toMatchObject({ firstOn, lastOn })
    expect([quarterOf(range.from), quarterOf(range.to - 1)]).toEqual([text, text])
    expect(quarterOf(range.from - 1)).toBe(shiftQuarter(toQuarter(text), -1))
    expect(quarterOf(range.to)).toBe(shiftQuarter(toQuarter(text), 1))
    expect(quarterOfDate(toPlainDate(lastOn))).toBe(text)
  })

  it('have three months, local time', () => {
    const starts = ['2026-01-01', '2026-05-01', '2026-09-01', '2026-12-01'].map((day) =>
      startOfLocalDay(toPlainDate(day)),
    )
    expect(starts.map(monthOfQuarter)).toEqual([0, 1, 2, 2])
    expect(starts.map((start) => monthOfQuarter(start - 1))).toEqual([2, 0, 1, 1])
  })
})
