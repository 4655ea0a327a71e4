import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uncoveredIn } from '../calendar/span.ts'
import { startOfLocalDay } from '../calendar/local-time.ts'
import { toPlainDate } from '../calendar/plain-date.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { checkHolidayForm, isWarning } from './check-holiday-form.ts'
import {
  carryOver,
  emptyContent,
  emptyRosterRow,
  emptyWhereabouts,
  fromLocalMinute,
  type RosterContent,
  type RosterRow,
  rowSpan,
  toShifts,
  type WhereaboutsContent,
} from './holiday-form.ts'

const NATIONAL = SAMPLE_HOLIDAYS.find(({ name }) => name === '国庆节')!
const QINGMING = SAMPLE_HOLIDAYS.find(({ name }) => name === '清明节')!
const DAYS = ['2026-04-04', '2026-04-05', '2026-04-06'].map(toPlainDate)
const FILLED = { filledBy: '填表员', phone: '0199-0123400' }

function rowOf(day: string | null, more: Partial<RosterRow> = {}): RosterRow {
  const people = {
    leaderName: '甲',
    leaderPost: '局长',
    leaderPhone: '15400001111',
    officerName: '乙',
    officerPhone: '15400002222',
  }
  return { ...emptyRosterRow(), ...people, day: day === null ? null : toPlainDate(day), ...more }
}
function roster(
  rows: readonly RosterRow[] = DAYS.map((day) => rowOf(day)),
  more: Partial<RosterContent> = {},
): RosterContent {
  return { form: 'roster', ...FILLED, dutyPhone: '0199-0123456', fax: '', changesAt: '08:00', rows, ...more }
}
function whereabouts(rows: readonly Partial<WhereaboutsContent['rows'][number]>[]): WhereaboutsContent {
  const usual = {
    ...emptyWhereabouts(),
    name: '甲',
    post: '局长',
    from: '2026-04-04T00:00',
    to: '2026-04-06T23:59',
    place: '本市',
  }
  return { form: 'whereabouts', ...FILLED, rows: rows.map((row) => ({ ...usual, ...row })) }
}
const say = (content: Parameters<typeof checkHolidayForm>[0], other: Parameters<typeof checkHolidayForm>[2] = null) =>
  checkHolidayForm(content, QINGMING, other).map(({ detail, kind, row }) => `${kind} ${row ?? '—'} ${detail ?? '—'}`)

describe('a roster', () => {
  it('that names leader, officer and phones for every day is whole', () => {
    expect(say(roster())).toEqual([])
    expect(
      say(
        roster(
          DAYS.map((day) => rowOf(day)),
          { fax: '0199-0123457' },
        ),
      ),
    ).toEqual([])
  })

  it('says which day nobody leads, nobody is on duty, and which hours are open', () => {
    const rows = [rowOf('2026-04-04', { officerName: '' }), rowOf('2026-04-05', { from: '08:00', to: '20:00' })]
    expect(say(roster(rows))).toEqual([
      'officer_missing — 2026-04-04',
      'leader_gap — 04-05 20:00–04-06 08:00',
      'officer_gap — 04-05 20:00–04-06 08:00',
      'leader_missing — 2026-04-06',
      'officer_missing — 2026-04-06',
    ])
  })

  it('without a row says that, and nothing of its days', () => {
    expect(say(roster([]))).toEqual(['no_rows — —'])
    const two = ['丙', '乙', '丁'].map((officerName) => rowOf('2026-04-04', { officerName }))
    expect(toShifts(roster(two), 'D01').map(({ person }) => person)).toEqual(
      ['甲', '丁', '丙', '乙'].sort((a, b) => (a === '甲' ? -1 : b === '甲' ? 1 : a < b ? -1 : 1)),
    )
  })

  it('takes parts of a day together, a night after midnight too', () => {
    const parts = [
      rowOf('2026-04-04', { from: '08:00', to: '20:00' }),
      rowOf('2026-04-04', { from: '20:00', to: '08:00' }),
    ]
    expect(say(roster([...parts, ...DAYS.slice(1).map((day) => rowOf(day))]))).toEqual([])
    const night = rowSpan(rowOf('2026-04-04', { from: '02:00', to: '08:00' }), '08:00')
    expect(night).toEqual({
      from: Date.parse('2026-04-05T02:00:00+08:00'),
      to: Date.parse('2026-04-05T08:00:00+08:00'),
    })
    // From the change round to the change: the whole day.
    const round = rowSpan(rowOf('2026-04-04', { from: '08:00', to: '08:00' }), '08:00')
    expect(round).toEqual(rowSpan(rowOf('2026-04-04'), '08:00'))
  })

  it('names what is missing or wrong in a row', () => {
    const rows = [
      rowOf('2026-04-04', { leaderPhone: '', officerPhone: '' }),
      rowOf('2026-04-05', { leaderPhone: '一二三', from: '20:00', to: '09:00' }),
      rowOf('2026-04-05'),
      rowOf(null, { leaderName: '', officerName: '' }),
      rowOf('2026-04-07'),
      rowOf('2026-04-03'),
      rowOf('2026-04-06', { from: '08:00' }),
      rowOf('2026-04-06', { from: '8点', to: '20:00' }),
      rowOf('2026-04-06'),
    ]
    expect(say(roster(rows, { filledBy: ' ', phone: '', dutyPhone: '', fax: '无' }))).toEqual([
      'leader_phone_missing 0 甲',
      'officer_phone_missing 0 乙',
      'hours_wrong 1 —',
      'phone_wrong 1 一二三',
      'day_missing 3 —',
      'name_missing 3 —',
      'day_outside 4 2026-04-07',
      'day_outside 5 2026-04-03',
      'hours_wrong 6 —',
      'hours_wrong 7 —',
      'duty_phone_missing — —',
      'phone_wrong — 无',
      'filler_missing — —',
      'filler_phone_missing — —',
    ])
    expect(say(roster([], { changesAt: '8时', dutyPhone: 'x', phone: 'y' }))).toEqual([
      'no_rows — —',
      'change_wrong — —',
      'phone_wrong — x',
      'phone_wrong — y',
    ])
    expect(
      say(
        roster(
          DAYS.map((day) => rowOf(day)),
          { changesAt: '' },
        ),
      ),
    ).toEqual(['change_wrong — —'])
  })

  it('warns of who leads and stands duty at one time, and of a leader who is away', () => {
    const both = DAYS.map((day) => rowOf(day, day === '2026-04-05' ? { officerName: '甲' } : {}))
    expect(say(roster(both))).toEqual(['two_duties 1 甲'])
    const away = whereabouts([{ stay: 'away', from: '2026-04-05T12:00', place: '外地' }])
    const expected = ['away_on_duty 1 甲 外地', 'away_on_duty 2 甲 外地']
    expect(say(roster(), away)).toEqual(expected)
    expect(say(away, roster()).filter((one) => one.startsWith('away'))).toEqual(
      expected.map(() => 'away_on_duty — 甲 外地'),
    )
    expect(say(roster(), whereabouts([{ stay: 'away', from: null }]))).toEqual([])
    expect(say(roster(), roster())).toEqual([])
    expect(isWarning('away_on_duty')).toBe(true)
    expect(isWarning('leader_gap')).toBe(false)
  })
})

describe('whereabouts', () => {
  it('need name, post, place and times within the holiday', () => {
    expect(say(whereabouts([{}]))).toEqual([])
    const rows = [
      { name: '', post: '', place: '' },
      { name: '乙', from: null },
      { name: '丙', to: '2026-04-04T00:00' },
      { name: '丁', from: '2026-04-10T00:00', to: '2026-04-11T00:00' },
    ]
    expect(say(whereabouts(rows))).toEqual([
      'name_missing 0 —',
      'post_missing 0 —',
      'place_missing 0 —',
      'time_missing 1 —',
      'time_wrong 2 —',
      'day_outside 3 04-10 00:00–04-11 00:00',
      'times_gap — 丁 04-04 00:00–04-07 00:00',
    ])
    expect(say(whereabouts([]))).toEqual(['no_rows — —'])
    expect(say(whereabouts([{ from: '2026-13-40T00:00' }]))).toEqual(['time_wrong 0 —'])
  })

  it('warn of one person in two places, and of time nothing is said about', () => {
    const rows = [{ to: '2026-04-05T12:00' }, { from: '2026-04-05T10:00', place: '外县' }]
    expect(say(whereabouts(rows))).toEqual(['two_places 1 甲'])
    expect(say(whereabouts([{ to: '2026-04-05T12:00' }]))).toEqual(['times_gap — 甲 04-05 12:00–04-07 00:00'])
  })
})

describe('gaps', () => {
  it('and what covers them make up the whole, in whatever order', () => {
    const span = fc.tuple(fc.integer({ min: -5, max: 30 }), fc.integer({ min: 1, max: 12 }))
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
        const covered = spans.map(([from, length]) => ({ from, to: from + length }))
        const gaps = uncoveredIn(covered, { from: 0, to: 24 })
        for (let hour = 0; hour < 24; hour += 1) {
          const isCovered = covered.some(({ from, to }) => from <= hour && hour < to)
          const isGap = gaps.some(({ from, to }) => from <= hour && hour < to)
          expect(isGap).toBe(!isCovered)
        }
        expect(uncoveredIn(covered.toReversed(), { from: 0, to: 24 })).toEqual(gaps)
      }),
    )
  })
})

describe('a form', () => {
  it('becomes shifts, each once, by role, start and name; what cannot be read gives none', () => {
    const rows = [
      rowOf('2026-04-04'),
      rowOf('2026-04-04', { officerName: '丙', officerPhone: '', leaderPost: '' }),
      rowOf(null),
      rowOf('2026-04-05', { leaderName: '' }),
    ]
    const shifts = toShifts(roster(rows), 'D01')
    expect(
      shifts.map(
        ({ person, role, startsAt }) => `${role} ${person} ${(startsAt - startOfLocalDay(DAYS[0]!)) / 3_600_000}`,
      ),
    ).toEqual(['leader 甲 8', 'officer 丙 8', 'officer 乙 8', 'officer 乙 32'])
    expect(shifts[0]).toMatchObject({
      unitCode: 'D01',
      post: null,
      phone: '15400001111',
      endsAt: shifts[0]!.startsAt + 86_400_000,
    })
    expect(shifts[1]?.phone).toBeNull()
    expect(
      toShifts(
        roster([
          rowOf('2026-04-04', { leaderName: '', officerName: '' }),
          rowOf('2026-04-04', { officerName: '', leaderPhone: '' }),
        ]),
        'D01',
      ),
    ).toHaveLength(1)
  })

  it('is empty with a row a day, or one', () => {
    const empty = emptyContent('roster', NATIONAL)
    expect(empty.rows).toHaveLength(7)
    expect(emptyContent('whereabouts', NATIONAL).rows).toHaveLength(1)
  })

  it('is taken over for another holiday: days are those of the new one, times of whereabouts are to be said anew', () => {
    const rows = [
      rowOf('2026-04-04'),
      rowOf('2026-04-04', { officerName: '丙' }),
      rowOf('2026-04-05', { leaderName: '丁' }),
    ]
    const taken = carryOver(roster(rows), NATIONAL)
    if (taken.form !== 'roster') throw new RangeError('form')
    expect(
      taken.rows.slice(0, 4).map(({ day, leaderName, officerName }) => `${day} ${leaderName}${officerName}`),
    ).toEqual(['2026-10-01 甲乙', '2026-10-01 甲丙', '2026-10-02 丁乙', '2026-10-03 甲乙'])
    expect(carryOver(roster([]), QINGMING).rows).toHaveLength(3)
    expect(carryOver(whereabouts([{}]), NATIONAL).rows[0]).toMatchObject({ name: '甲', from: null, to: null })
  })

  it('has local minutes and nothing else for times', () => {
    expect(fromLocalMinute('2026-04-04T08:00')).toBe(Date.parse('2026-04-04T00:00:00Z'))
    expect(fromLocalMinute('2026-04-04')).toBeNull()
    expect(fromLocalMinute('2026-99-04T08:00')).toBeNull()
  })
})
