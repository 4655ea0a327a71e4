import { describe, expect, it } from 'vitest'
import { addDays, toPlainDate } from '../calendar/plain-date.ts'
import {
  checkSpecialPeriod,
  effectOf,
  isPeriodOn,
  readPackDay,
  type SpecialPeriod,
} from '../calendar/special-period.ts'
import { checkYearNotice, listBlockDues } from '../calendar/year-notice.ts'
import type { HolidayBlock } from '../regulation/regulation.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { dailyDueAt, dailyHourOn, dailyStateOf } from './daily-report.ts'
import { reminderStep } from './reminder-days.ts'

const DAY = toPlainDate('2026-10-01')
const DUE = dailyDueAt(DAY, '15:00')

describe('the report of a day', () => {
  it('is due at the hour that held on that day', () => {
    const hours = [
      { fromOn: toPlainDate('2026-09-01'), until: '15:00' },
      { fromOn: toPlainDate('2026-10-02'), until: null },
    ]
    expect(
      [addDays(toPlainDate('2026-09-01'), -1), DAY, toPlainDate('2026-10-02')].map((day) => dailyHourOn(hours, day)),
    ).toEqual([null, '15:00', null])
    expect(DUE).toBe(Date.parse('2026-10-01T15:00:00+08:00'))
  })

  it.each([
    ['not asked', null, null, DUE, 'not_asked'],
    ['at the hour and silent', DUE, null, DUE, 'not_yet_due'],
    ['a moment later and silent', DUE, null, DUE + 1, 'missing'],
    ['reported at the hour', DUE, DUE, DUE, 'zero'],
    ['reported a moment later', DUE, DUE + 1, DUE + 1, 'zero_late'],
    ['reported after the moment asked about', DUE, DUE + 1, DUE, 'not_yet_due'],
    ['reported though nobody asked', null, DUE, DUE, 'zero'],
  ] as const)('%s', (_, dueAt, at, asOf, state) => {
    expect(dailyStateOf({ dueAt, first: at === null ? null : { at }, kind: at === null ? null : 'zero', asOf })).toBe(
      state,
    )
  })
})

it('reminds once a step, on its day or the next that somebody looks, up to the due day', () => {
  const due = toPlainDate('2026-09-26')
  const on = (day: string) => reminderStep(due, [5, 3, 1], toPlainDate(day))
  expect(
    ['2026-09-20', '2026-09-21', '2026-09-22', '2026-09-23', '2026-09-25', '2026-09-26', '2026-09-27'].map(on),
  ).toEqual([null, 5, 5, 3, 1, 1, null])
  expect(reminderStep(due, [], due)).toBeNull()
})

const PERIOD: SpecialPeriod = {
  kind: 'flood_season',
  level: null,
  title: '汛期',
  from: toPlainDate('2026-04-15'),
  to: toPlainDate('2026-10-15'),
  asksDoubleLeaders: false,
  asksDailyReport: true,
  note: '',
  basis: '通知',
}

describe('a special period', () => {
  it('is on from its first to its last day, or until further notice', () => {
    expect(
      ['2026-04-14', '2026-04-15', '2026-10-15', '2026-10-16'].map((day) => isPeriodOn(PERIOD, toPlainDate(day))),
    ).toEqual([false, true, true, false])
    expect(isPeriodOn({ ...PERIOD, to: null }, toPlainDate('2030-01-01'))).toBe(true)
  })

  it('adds days of what it asks, and says when it has no end', () => {
    expect(effectOf(PERIOD, DAY)).toEqual({ leaderDays: 0, reportDays: 184, isOpen: false })
    expect(
      effectOf({ ...PERIOD, to: null, asksDoubleLeaders: true, asksDailyReport: false }, toPlainDate('2026-04-16')),
    ).toEqual({ leaderDays: 2, reportDays: 0, isOpen: true })
  })

  it('that contradicts itself is told so', () => {
    expect(checkSpecialPeriod(PERIOD)).toEqual([])
    expect(checkSpecialPeriod({ ...PERIOD, to: null, kind: 'response', level: 'I' })).toEqual([])
    expect(checkSpecialPeriod({ ...PERIOD, to: toPlainDate('2026-04-14'), kind: 'response', basis: ' ' })).toEqual([
      'to_before_from',
      'level_missing',
      'basis_missing',
    ])
    expect(checkSpecialPeriod({ ...PERIOD, to: toPlainDate('2027-04-16'), level: 'II' })).toEqual([
      'too_long',
      'level_without_response',
    ])
    expect(checkSpecialPeriod({ ...PERIOD, to: toPlainDate('2027-04-15') })).toEqual([])
  })

  it('has days written as files have them', () => {
    expect(
      ['2026-04-15', '2026/4/15', '2026.4.5', '2026年4月15日', '2026-04-15 00:00:00', '2026-02-30', '昨天'].map(
        readPackDay,
      ),
    ).toEqual(['2026-04-15', '2026-04-15', '2026-04-05', '2026-04-15', '2026-04-15', null, null])
  })
})

function block(year: number, name: HolidayBlock['name'], first: string, last: string): HolidayBlock {
  return { year, name, firstDayOff: toPlainDate(first), lastDayOff: toPlainDate(last), makeupWorkdays: [] }
}

describe('the due days of holidays', () => {
  const dues = (blocks: readonly HolidayBlock[]) =>
    listBlockDues(blocks, blocks, () => SAMPLE_REGULATION).map(({ dueOn }) => dueOn)

  it('of 2026 are five calendar days before the first days off', () => {
    expect(dues(SAMPLE_HOLIDAYS)).toEqual([
      '2025-12-27',
      '2026-02-10',
      '2026-03-30',
      '2026-04-26',
      '2026-06-14',
      '2026-09-20',
      '2026-09-26',
    ])
  })

  it('go by the first day off of a block over the turn of the year, and of one that merges two holidays', () => {
    const newYear = block(2023, '元旦', '2022-12-31', '2023-01-02')
    expect(checkYearNotice(2023, [newYear], [])).toEqual([])
    expect(dues([newYear])).toEqual(['2022-12-26'])
    const merged = block(2025, '国庆节', '2025-10-01', '2025-10-08')
    expect(checkYearNotice(2025, [merged], [])).toEqual([])
    expect(dues([merged])).toEqual(['2025-09-26'])
  })
})
