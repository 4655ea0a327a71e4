import { describe, expect, it } from 'vitest'
import { toQuarter } from '../calendar/quarter.ts'
import type { FilingFact, ReopeningFact } from '../facts/facts.ts'
import type { DeductionShape } from '../regulation/regulation.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { at, makePeriod, on } from '../testing/make-facts.ts'
import { filingDueOn, type FilingJudgement, judgeFilings } from './judge-filings.ts'

const base = {
  periods: [makePeriod()],
  filings: [] as FilingFact[],
  reopenings: [] as ReopeningFact[],
  holidays: SAMPLE_HOLIDAYS,
  regulation: SAMPLE_REGULATION,
  quarter: toQuarter('2026Q3'),
  asOf: at('2026-12-31 00:00'),
}

function filed(receivedAt: string | null, change: Partial<FilingFact> = {}): FilingFact {
  return {
    unitCode: 'U01',
    holidayYear: 2026,
    holidayName: '中秋节',
    form: 'whereabouts',
    receivedAt: receivedAt === null ? null : at(receivedAt),
    ...change,
  }
}

/** The 中秋节 whereabouts form, due 2026-09-20. */
function judge(receivedAt: string | null, asOf: string): FilingJudgement | undefined {
  return judgeFilings({ ...base, filings: [filed(receivedAt)], asOf: at(asOf) })[0]
}

describe('holiday filing (docs/indicators/holiday-filing.md)', () => {
  it('is due by the end of the fifth calendar day before the first day off', () => {
    expect(SAMPLE_HOLIDAYS.map((block) => filingDueOn(block, SAMPLE_REGULATION, SAMPLE_HOLIDAYS))).toEqual([
      '2025-12-27',
      '2026-02-10',
      '2026-03-30',
      '2026-04-26',
      '2026-06-14',
      '2026-09-20',
      '2026-09-26',
    ])
  })

  it('owes both forms of every holiday due in the quarter, filed or not, by due date', () => {
    const keys = (quarter: string, holidays = SAMPLE_HOLIDAYS): string[] =>
      judgeFilings({ ...base, holidays, quarter: toQuarter(quarter) }).map(({ form, holiday }) => `${holiday}/${form}`)
    const q3 = ['2026-中秋节/whereabouts', '2026-中秋节/roster', '2026-国庆节/whereabouts', '2026-国庆节/roster']
    expect(keys('2026Q3')).toEqual(q3)
    expect(keys('2026Q3', [...SAMPLE_HOLIDAYS].reverse())).toEqual(q3)
    expect(keys('2025Q4')).toEqual(['2026-元旦/whereabouts', '2026-元旦/roster'])
    expect(keys('2026Q4')).toEqual([])
  })

  it.each([
    ['2026-07-05', false],
    ['2026-07-06', true],
    ['2026-10-05', true],
    ['2026-10-06', false],
  ])('belongs to the quarter of its due date: first day off %s, in the third quarter %s', (firstDayOff, isIn) => {
    const days = { firstDayOff: on(firstDayOff), lastDayOff: on('2026-10-07'), makeupWorkdays: [] }
    const block = { year: 2026, name: '国庆节', ...days } as const
    expect(judgeFilings({ ...base, holidays: [block] })).toHaveLength(isIn ? 2 : 0)
  })

  it.each([
    ['2026-09-20 23:59:59', 'on_time', null],
    ['2026-09-21 00:00:00', 'late', 50],
    [null, 'missing', 100],
  ])('worked example: received %s is %s', (receivedAt, outcome, points) => {
    const judgement = judge(receivedAt, '2026-12-31 00:00:00')
    expect(judgement).toMatchObject({ outcome, dueOn: '2026-09-20', dueAt: at('2026-09-20 23:59:59') })
    expect(judgement?.deduction?.points ?? null).toBe(points)
  })

  it('lists the deduction under the holiday and form, at 00:00 of the day after', () => {
    expect(judge(null, '2026-12-31 00:00:00')?.deduction).toEqual({
      dimension: 'filing',
      code: 'filing_missing',
      points: 100,
      ref: '2026-中秋节/whereabouts',
      at: at('2026-09-21 00:00:00'),
      clause: '5-E-2',
      zeroesMonth: false,
    })
    expect(judge('2026-09-22 08:00:00', '2026-12-31 00:00:00')?.deduction?.code).toBe('filing_late')
  })

  it.each([
    ['2026-09-20 11:59:59', 'not_yet_due'],
    ['2026-09-20 12:00:00', 'on_time'],
  ])('received 2026-09-20 12:00:00 is as of %s %s', (asOf, outcome) => {
    expect(judge('2026-09-20 12:00:00', asOf)?.outcome).toBe(outcome)
  })

  it('is missing at 00:00 already, and late from its receipt on', () => {
    const states = ['2026-09-20 23:59:59', '2026-09-21 00:00:00', '2026-09-22 07:59:59', '2026-09-22 08:00:00'].map(
      (asOf) => judge('2026-09-22 08:00:00', asOf),
    )
    expect(states.map((state) => state?.outcome)).toEqual(['not_yet_due', 'missing', 'missing', 'late'])
    expect(states.map((state) => state?.receivedAt)).toEqual([null, null, null, at('2026-09-22 08:00:00')])
  })

  it('is owed by a unit open on the due day only', () => {
    const holidaysOf = (change: Parameters<typeof makePeriod>[0]): (string | undefined)[] =>
      judgeFilings({ ...base, periods: [makePeriod(change)] }).map(({ holidayName }) => holidayName)
    expect(holidaysOf({ validTo: on('2026-09-20') })).toEqual([])
    expect(holidaysOf({ validTo: on('2026-09-21') })).toEqual(['中秋节', '中秋节'])
    expect(holidaysOf({ validFrom: on('2026-09-26') })).toEqual(['国庆节', '国庆节'])
    expect(holidaysOf({ validFrom: on('2026-09-27') })).toEqual([])
  })

  it('may be due on the workday before, where the rules move it there', () => {
    const moved = { ...SAMPLE_REGULATION, filing: { ...SAMPLE_REGULATION.filing, moveTo: 'previous_workday' } } as const
    // 12-27 a Saturday, 03-30 a Monday, 04-26, 06-14 and 09-20 Sundays, the last a workday by the notice; 09-26 a day off.
    expect(SAMPLE_HOLIDAYS.map((block) => filingDueOn(block, moved, SAMPLE_HOLIDAYS))).toEqual([
      '2025-12-26',
      '2026-02-10',
      '2026-03-30',
      '2026-04-24',
      '2026-06-12',
      '2026-09-20',
      '2026-09-24',
    ])
  })

  it('may be re-opened: the form is on time up to the new end, and judged the second after it', () => {
    const reopened = {
      unitCode: 'U01',
      obligation: 'filing',
      ref: '2026-中秋节/whereabouts',
      until: at('2026-09-22 12:00:00'),
      reopenedAt: at('2026-09-21 09:00:00'),
      reopenedBy: '李主任',
      reason: '系统停运',
    } as const
    const judgeReopened = (receivedAt: string | null, asOf: string): FilingJudgement | undefined =>
      judgeFilings({ ...base, filings: [filed(receivedAt)], reopenings: [reopened], asOf: at(asOf) })[0]
    expect(judgeReopened('2026-09-22 12:00:00', '2026-12-31 00:00')).toMatchObject({
      outcome: 'on_time',
      deduction: null,
    })
    expect(judgeReopened('2026-09-22 12:00:01', '2026-12-31 00:00')).toMatchObject({
      outcome: 'late',
      deduction: { code: 'filing_late', at: at('2026-09-22 12:00:01') },
    })
    expect(judgeReopened(null, '2026-09-21 08:59:59')?.outcome).toBe('missing')
    expect(judgeReopened(null, '2026-09-21 09:00:00')).toMatchObject({ outcome: 'not_yet_due', dueOn: '2026-09-20' })
  })

  it('costs nothing where the rules put nothing on it, and may make a month nothing', () => {
    const lineUnder = (shape: DeductionShape | null): unknown => {
      const rules = SAMPLE_REGULATION.deductions.filter(({ code }) => code === 'filing_missing')
      const deductions = shape === null ? [] : rules.map((rule) => ({ ...rule, shape }))
      return judgeFilings({ ...base, regulation: { ...SAMPLE_REGULATION, deductions } })[0]?.deduction
    }
    expect(lineUnder(null)).toBeNull()
    expect(lineUnder({ kind: 'fixed', points: 0 })).toBeNull()
    expect(lineUnder({ kind: 'zero_month' })).toMatchObject({ points: 0, zeroesMonth: true })
  })

  it('takes each form and holiday by itself, and nothing for a holiday without a notice', () => {
    const filings = [
      filed('2026-09-01 00:00', { form: 'roster' }),
      filed('2026-09-01 00:00', { holidayName: '国庆节' }),
      filed('2026-09-01 00:00', { holidayYear: 2025 }),
    ]
    expect(judgeFilings({ ...base, filings }).map(({ outcome }) => outcome)).toEqual([
      'missing',
      'on_time',
      'on_time',
      'missing',
    ])
    const next = { ...base, quarter: toQuarter('2027Q3'), filings: [filed(null, { holidayYear: 2027 })] }
    expect(judgeFilings(next)).toEqual([])
  })
})
