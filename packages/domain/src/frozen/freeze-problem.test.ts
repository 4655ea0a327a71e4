import { describe, expect, it } from 'vitest'
import { toPlainDate } from '../calendar/plain-date.ts'
import { toQuarter } from '../calendar/quarter.ts'
import type { ReopeningFact } from '../facts/facts.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { factsOfQuarter } from './facts-of-quarter.ts'
import { findFreezeProblem } from './freeze-problem.ts'

const Q3 = toQuarter('2026Q3')
const END = Date.parse('2026-10-01T00:00:00+08:00')
const STATE = {
  quarter: Q3,
  asOf: END,
  now: END,
  regulation: SAMPLE_REGULATION,
  holidays: SAMPLE_HOLIDAYS,
  memberCount: 1,
}

describe('a quarter', () => {
  it.each([
    ['quarter_running', { now: END - 1 }],
    ['freeze_before_end', { asOf: END - 1001 }],
    ['freeze_in_future', { asOf: END + 1 }],
    ['freeze_without_units', { memberCount: 0 }],
    ['freeze_without_rules', { regulation: null }],
    ['freeze_rules_broken', { regulation: { ...SAMPLE_REGULATION, clauses: [] } }],
    ['freeze_calendar_missing', { holidays: [] }],
  ] as const)('cannot be frozen: %s', (reason, change) => {
    expect(findFreezeProblem({ ...STATE, ...change })?.reason).toBe(reason)
  })

  it('can be frozen from its first second after, as of its last', () => {
    expect(findFreezeProblem(STATE)).toBeNull()
    expect(findFreezeProblem({ ...STATE, asOf: END - 1000 })).toBeNull()
  })

  it('of the end of a year needs the calendar of the next', () => {
    const at = Date.parse('2027-01-05T00:00:00+08:00')
    const last = { ...STATE, quarter: toQuarter('2026Q4'), asOf: at, now: at }
    expect(findFreezeProblem(last)?.params).toEqual({ quarter: '2026Q4', year: '2027' })
    const block = SAMPLE_HOLIDAYS[0]
    if (block === undefined) throw new RangeError('no holiday')
    expect(findFreezeProblem({ ...last, holidays: [...SAMPLE_HOLIDAYS, { ...block, year: 2027 }] })).toBeNull()
  })
})

describe('the facts of a quarter', () => {
  const unitCode = 'C01'
  const reopening: ReopeningFact = {
    unitCode,
    obligation: 'written',
    ref: 'E1',
    until: END + 999,
    reopenedAt: END + 1,
    reopenedBy: '某人',
    reason: '缘由',
  }
  const facts = {
    unitCode,
    periods: [],
    checks: [END - 1, END].map((checkedAt, index) => ({
      checkCode: `K${index}`,
      unitCode,
      method: 'phone' as const,
      checkedAt,
      inspectors: [],
      findings: [],
      note: null,
    })),
    misreports: ['2026-09-30', '2026-10-01'].map((day, index) => ({
      misreportCode: `M${index}`,
      unitCode,
      eventCode: `E-M${index}`,
      kind: 'omitted' as const,
      confirmedOn: toPlainDate(day),
      basis: '',
    })),
    filings: (['中秋节', '国庆节', '元旦'] as const).map((holidayName) => ({
      unitCode,
      holidayYear: 2026,
      holidayName,
      form: 'roster' as const,
      receivedAt: null,
    })),
    bonuses: ['2026-06-30', '2026-07-01'].map((day, index) => ({
      bonusCode: `B${index}`,
      unitCode,
      kind: 'media' as const,
      awardedOn: toPlainDate(day),
      eventCode: null,
    })),
    preReports: ['E1', 'E2'].map((eventCode) => ({ unitCode, eventCode, sentAt: END, reason: '' })),
    adoptions: ['E-M0', 'E-M1'].map((eventCode) => ({
      unitCode,
      eventCode,
      use: 'digest' as const,
      usedOn: toPlainDate('2026-08-01'),
    })),
    reopenings: [
      reopening,
      { ...reopening, ref: 'E2' },
      { ...reopening, obligation: 'filing' as const, ref: '2026-国庆节/roster' },
      { ...reopening, obligation: 'filing' as const, ref: '2026-元旦/roster' },
    ],
  }
  const rules = { quarter: Q3, regulation: SAMPLE_REGULATION, holidays: SAMPLE_HOLIDAYS }
  const own = factsOfQuarter(facts, new Set(['E1']), rules)

  it('are those of its days, its due forms and its events, misreported ones included', () => {
    expect(own.checks.map((row) => row.checkCode)).toEqual(['K0'])
    expect(own.misreports.map((row) => row.misreportCode)).toEqual(['M0'])
    expect(own.filings.map((row) => row.holidayName)).toEqual(['中秋节', '国庆节'])
    expect(own.bonuses.map((row) => row.bonusCode)).toEqual(['B1'])
    expect(own.preReports.map((row) => row.eventCode)).toEqual(['E1'])
    expect(own.adoptions.map((row) => row.eventCode)).toEqual(['E-M0'])
    expect(own.reopenings.map((row) => row.ref)).toEqual(['E1', '2026-国庆节/roster'])
  })

  it('bear whole seconds by which every whole second finds them as they were', () => {
    expect(own.reopenings[0]).toMatchObject({ until: END, reopenedAt: END + 1000 })
  })
})
