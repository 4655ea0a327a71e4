import { describe, expect, it } from 'vitest'
import { toPlainDate } from '../calendar/plain-date.ts'
import { type CaseOutcome, RECURRENCE_MS, recheckDay, tabulateClosure } from './after-closing.ts'

const CLOSED_ON = toPlainDate('2026-11-20')

describe('after a case was closed', () => {
  it('a recheck is 14 to 45 days later, and never outside', () => {
    expect([0, 31].map((pick) => recheckDay(CLOSED_ON, pick))).toEqual(['2026-12-04', '2027-01-04'])
    for (const pick of [-1, 32, 0.5]) expect(() => recheckDay(CLOSED_ON, pick)).toThrow(RangeError)
  })

  it('the worked example of the card: closed of confirmed, recurred of closed, and what may still recur', () => {
    const now = Date.parse('2027-06-01T00:00:00+08:00')
    const open: CaseOutcome = { isConfirmed: true, isDismissed: false, closedAt: null, recurredAt: null }
    const cases: readonly CaseOutcome[] = [
      { ...open, closedAt: now - 2 * RECURRENCE_MS },
      { ...open, closedAt: now - RECURRENCE_MS },
      { ...open, closedAt: now - RECURRENCE_MS + 1 },
      { ...open, closedAt: now - RECURRENCE_MS, recurredAt: now - 1_000 },
      open,
      { ...open, isConfirmed: false, isDismissed: true },
      { ...open, isConfirmed: false },
    ]
    expect(tabulateClosure(cases, now)).toEqual({
      found: 7,
      dismissed: 1,
      confirmed: 5,
      closed: 4,
      recurred: 1,
      watched: 1,
    })
    expect(tabulateClosure([], now)).toMatchObject({ found: 0, confirmed: 0, closed: 0 })
  })
})
