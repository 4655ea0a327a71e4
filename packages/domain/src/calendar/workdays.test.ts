import { describe, expect, it } from 'vitest'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { on } from '../testing/make-facts.ts'
import { dayStateOf, isYearAnnounced, previousWorkday } from './workdays.ts'

describe('a day, by the notices of the year', () => {
  it.each([
    ['2026-09-24', 'workday', 'a Thursday'],
    ['2026-09-25', 'rest', 'the first day off'],
    ['2026-09-27', 'rest', 'the last day off'],
    ['2026-09-28', 'workday', 'the Monday after'],
    ['2026-09-20', 'workday', 'a Sunday that the notice makes a workday'],
    ['2026-09-19', 'rest', 'a Saturday'],
    ['2026-09-13', 'rest', 'a Sunday'],
    ['2026-10-10', 'workday', 'a Saturday that the notice makes a workday'],
    ['2025-12-31', 'not_announced', 'a Wednesday of a year whose notice is not known'],
    ['2027-01-02', 'not_announced', 'a Saturday of such a year'],
  ] as const)('%s is %s: %s', (date, state, _what) => {
    expect(dayStateOf(on(date), SAMPLE_HOLIDAYS)).toBe(state)
  })

  it('of a block that begins the year before is spoken for by that block', () => {
    const block = { year: 2027, name: '元旦', makeupWorkdays: [on('2026-12-27')] } as const
    const holidays = [...SAMPLE_HOLIDAYS, { ...block, firstDayOff: on('2026-12-31'), lastDayOff: on('2027-01-02') }]
    expect(
      ['2026-12-27', '2026-12-31', '2027-01-02', '2027-01-04'].map((day) => dayStateOf(on(day), holidays)),
    ).toEqual(['workday', 'rest', 'rest', 'workday'])
  })

  it('knows which years are announced', () => {
    expect([2025, 2026, 2027].map((year) => isYearAnnounced(year, SAMPLE_HOLIDAYS))).toEqual([false, true, false])
  })
})

describe('the workday before', () => {
  it.each([
    ['2026-09-24', '2026-09-24', 'is the day itself when it is one'],
    ['2026-09-27', '2026-09-24', 'is before the block'],
    ['2026-09-20', '2026-09-20', 'may be a Sunday that the notice makes one'],
    ['2026-09-13', '2026-09-11', 'is the Friday before a Sunday'],
    ['2026-01-01', '2025-12-31', 'goes by the week in a year that is not announced'],
    ['2027-01-03', '2027-01-01', 'takes no day off that nobody has announced'],
  ])('of %s is %s: it %s', (date, expected) => {
    expect(previousWorkday(on(date), SAMPLE_HOLIDAYS)).toBe(expected)
  })
})
