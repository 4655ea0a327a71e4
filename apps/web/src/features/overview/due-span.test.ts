import { describe, expect, it } from 'vitest'
import { computeDueSpan } from './due-span.ts'

const due = Date.parse('2026-09-26T23:59:59+08:00')
const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('computeDueSpan', () => {
  it('is not overdue at the very instant of the deadline', () => {
    expect(computeDueSpan(due, due)).toEqual({ isOverdue: false, unit: 'minute', count: 0 })
  })

  it('is overdue by a minute one second later', () => {
    expect(computeDueSpan(due, due + 1_000)).toEqual({ isOverdue: true, unit: 'minute', count: 1 })
  })

  it.each([
    [59 * MINUTE + 59_000, 'minute', 59],
    [HOUR, 'hour', 1],
    [48 * HOUR - 1_000, 'hour', 47],
    [48 * HOUR, 'day', 2],
    [83 * HOUR, 'day', 3],
  ] as const)('says %d ms before and after in whole units', (span, unit, count) => {
    expect(computeDueSpan(due, due + span)).toEqual({ isOverdue: true, unit, count })
    expect(computeDueSpan(due, due - span)).toEqual({ isOverdue: false, unit, count })
  })
})
