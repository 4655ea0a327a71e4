import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, startOfLocalDay } from '../calendar/local-time.ts'
import { toPlainDate } from '../calendar/plain-date.ts'
import type { RosterShiftFact } from '../facts/facts.ts'
import { replaceInShift, type RosterChange, swapShifts, withdrawShifts } from './change.ts'
import { findRosterConflicts } from './conflicts.ts'
import { findRosterGaps, rosterStateOf, uncoveredOf } from './gaps.ts'
import { type PersonHours, rankForRotation, tabulateHours } from './hours.ts'
import { buildRotation, copyMonth, monthOf, monthSpan, type PlannedShift, refusesPlan, shiftMonth } from './plan.ts'
import { lengthOf, mergeSpans, type Span } from '../calendar/span.ts'

const DAY = startOfLocalDay(toPlainDate('2026-12-07'))

function shift(person: string, from: number, hours: number, more: Partial<RosterShiftFact> = {}): RosterShiftFact {
  const startsAt = DAY + from * HOUR_MS
  const times = { startsAt, endsAt: startsAt + hours * HOUR_MS }
  return { unitCode: 'D1', role: 'officer', person, post: null, phone: null, ...times, ...more }
}

const leader = { role: 'leader' } as const
const WINDOW: Span = { from: DAY, to: DAY + DAY_MS }

describe('gaps', () => {
  it('are the time in which no leader or no officer is on, each by itself', () => {
    const shifts = [shift('甲', 0, 24, leader), shift('乙', 2, 6), shift('丙', 8, 4), shift('丁', 20, 30)]
    expect(findRosterGaps(shifts, WINDOW, 'room')).toEqual([
      { need: 'officer', from: DAY, to: DAY + 2 * HOUR_MS },
      { need: 'officer', from: DAY + 12 * HOUR_MS, to: DAY + 20 * HOUR_MS },
    ])
    expect(findRosterGaps([shift('乙', 0, 23)], WINDOW, 'room')).toEqual([
      { need: 'leader', ...WINDOW },
      { need: 'officer', from: DAY + 23 * HOUR_MS, to: WINDOW.to },
    ])
  })

  it('of a unit on the telephone ask for one cadre, of whichever role', () => {
    const shifts = [shift('甲', 0, 12, leader), shift('乙', 12, 12)]
    expect(findRosterGaps(shifts, WINDOW, 'phone')).toEqual([])
    expect(findRosterGaps(shifts.slice(1), WINDOW, 'phone')).toEqual([
      { need: 'cadre', from: DAY, to: DAY + 12 * HOUR_MS },
    ])
  })

  it('tell no roster, one with gaps and a whole one apart', () => {
    const all = DAY_MS
    const state = (mode: 'room' | 'phone', leader: number, officer: number, cadre: number, begins: number) =>
      rosterStateOf({ leader, officer, cadre, begins }, WINDOW, mode)
    expect(state('room', 0, 0, 0, 0)).toBe('none')
    // What began before still runs for a while.
    expect(state('room', 9, 9, 9, 0)).toBe('none')
    expect(state('room', all, all, all, 0)).toBe('complete')
    expect(state('room', all, all - 1, all, 2)).toBe('gaps')
    expect(state('room', all, 0, all, 1)).toBe('gaps')
    expect(state('phone', 0, all, all, 1)).toBe('complete')
    expect(uncoveredOf({ leader: 0, officer: all - 5, cadre: all, begins: 1 }, WINDOW, 'room')).toBe(all + 5)
  })
})

describe('conflicts', () => {
  it('say who is in two places, how, and for how long', () => {
    const shifts = [
      shift('甲', 0, 24, leader),
      shift('甲', 20, 12),
      shift('甲', 30, 12),
      shift('乙', 20, 12, { unitCode: 'D2' }),
      shift('乙', 8, 13),
      shift('丙', 0, 8),
      shift('丙', 8, 8),
    ]
    const found = findRosterConflicts(shifts).map(({ from, kind, person, to }) => [person, kind, from, to])
    expect(found).toEqual([
      ['乙', 'units', DAY + 20 * HOUR_MS, DAY + 21 * HOUR_MS],
      ['甲', 'roles', DAY + 20 * HOUR_MS, DAY + 24 * HOUR_MS],
      ['甲', 'twice', DAY + 30 * HOUR_MS, DAY + 32 * HOUR_MS],
    ])
  })

  it('at one time go by name', () => {
    const shifts = ['乙', '甲'].flatMap((person) => [shift(person, 0, 2), shift(person, 0, 2, leader)])
    expect(findRosterConflicts(shifts).map(({ person }) => person)).toEqual(['乙', '甲'])
  })
})

describe('hours', () => {
  const period = { from: DAY, to: DAY + 10 * DAY_MS }
  const isHoliday = (date: string): boolean => date === '2026-12-08'
  const ask = (shifts: readonly RosterShiftFact[]) => tabulateHours({ shifts, period, isHoliday })

  it('are counted in all, at night, on holidays and without relief', () => {
    const shifts = [shift('甲', 8, 24, { post: '科员' }), shift('甲', 32, 8), shift('乙', 56, 12), shift('甲', 8, 12)]
    const [first, second] = ask(shifts)
    expect(first).toMatchObject({
      person: '甲',
      post: '科员',
      shiftCount: 3,
      total: 32 * HOUR_MS,
      // 22:00 to 06:00 once.
      night: 8 * HOUR_MS,
      holiday: 16 * HOUR_MS,
      longest: 32 * HOUR_MS,
      isTooLong: true,
      lastEndsAt: DAY + 40 * HOUR_MS,
    })
    expect(second).toMatchObject({ person: '乙', total: 12 * HOUR_MS, night: 0, holiday: 0, isTooLong: false })
  })

  it('beyond the mean of the role by more than 15 % are overload; leaders stand apart', () => {
    const shifts = [
      shift('乙', 0, 23),
      shift('甲', 0, 23),
      shift('丙', 0, 24),
      shift('丁', 0, 10),
      shift('长', 0, 24, leader),
    ]
    const rows = ask(shifts)
    expect(rows.map(({ person }) => person)).toEqual(['长', '丙', '乙', '甲', '丁'])
    // The mean is 20: 23 is 15 % above it, and not more.
    expect(rows.map(({ isOverMean, ofMean }) => [ofMean, isOverMean])).toEqual([
      [null, false],
      [1.2, true],
      [1.15, false],
      [1.15, false],
      [0.5, false],
    ])
    // A whole day is what duty is changed by, and is not marked.
    expect(ask([shift('丙', 0, 24), shift('丁', 0, 25)]).map(({ isTooLong }) => isTooLong)).toEqual([true, false])
    expect(ask([shift('丙', 0, 8), shift('长', 0, 8, leader)]).map(({ role }) => role)).toEqual(['leader', 'officer'])
  })

  it('outside the period do not count', () => {
    expect(ask([shift('甲', -8, 10), shift('乙', -8, 8), shift('丙', 240, 8)])).toMatchObject([
      { person: '甲', total: 2 * HOUR_MS, night: 2 * HOUR_MS },
    ])
  })

  it('of all sum to the time covered, whatever the order', () => {
    const shifts = fc.array(
      fc.tuple(fc.constantFrom('甲', '乙', '丙'), fc.integer({ min: -30, max: 260 }), fc.integer({ min: 1, max: 168 })),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(shifts, (given) => {
        const all = given.map(([person, from, hours]) => shift(person, from, hours))
        const rows = ask(all)
        expect(ask(all.toReversed()).map(({ post: _, ...row }) => row)).toEqual(rows.map(({ post: _, ...row }) => row))
        for (const row of rows) {
          expect(row.night).toBeLessThanOrEqual(row.total)
          expect(row.longest).toBeLessThanOrEqual(row.total)
          expect(row.total).toBeLessThanOrEqual(10 * DAY_MS)
        }
      }),
    )
  })

  it('rank whose turn it is: least hours, least at night, longest ago, name', () => {
    const one = (person: string, total: number, night: number, lastEndsAt: number): PersonHours => ({
      person,
      role: 'officer',
      post: null,
      shiftCount: 1,
      total,
      night,
      holiday: 0,
      longest: 0,
      ofMean: null,
      isOverMean: false,
      isTooLong: false,
      lastEndsAt,
    })
    const rows = [
      one('e', 2, 1, 1),
      one('d', 1, 2, 1),
      one('c', 1, 1, 2),
      one('b', 1, 1, 1),
      one('a', 1, 1, 1),
      { ...one('x', 0, 0, 0), role: 'leader' as const },
    ]
    expect(rankForRotation(rows, 'officer').map(({ person }) => person)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })
})

const people = ['甲', '乙', '丙'].map((person) => ({ person, post: null, phone: null }))

describe('a plan', () => {
  const rotate = (hours: 8 | 24, to: number, who = people) =>
    buildRotation({ role: 'officer', people: who, period: { from: DAY, to: DAY + to * HOUR_MS }, hours })

  it('takes people in turn, and its last shift ends with the period', () => {
    const planned = rotate(24, 60)
    expect(planned.map(({ person }) => person)).toEqual(['甲', '乙', '丙'])
    expect(planned.at(-1)).toMatchObject({ startsAt: DAY + 48 * HOUR_MS, endsAt: DAY + 60 * HOUR_MS })
    expect(rotate(8, -8)).toEqual([])
    expect(rotate(8, 24, [])).toEqual([])
  })

  it('of any length leaves no gap and puts nobody in two places', () => {
    fc.assert(
      fc.property(fc.constantFrom(8, 24), fc.integer({ min: 1, max: 400 }), (hours, to) => {
        const planned = rotate(hours as 8 | 24, to)
        const window = { from: DAY, to: DAY + to * HOUR_MS }
        expect(findRosterGaps(planned, window, 'phone')).toEqual([])
        expect(findRosterConflicts(planned.map((one) => ({ ...one, unitCode: 'D1' })))).toEqual([])
      }),
    )
  })

  it('copied from last month follows its days, or its weekdays; what has none there is left out', () => {
    const at = (text: string): number => startOfLocalDay(toPlainDate(text)) + 8 * HOUR_MS
    const on = (text: string, person: string): RosterShiftFact => ({
      ...shift(person, 0, 24),
      startsAt: at(text),
      endsAt: at(text) + DAY_MS,
    })
    const month = monthOf(toPlainDate('2026-10-01'))
    const shifts = [on('2026-09-30', '前'), on('2026-10-05', '一'), on('2026-10-29', '四'), on('2026-10-31', '末')]
    const days = (planned: readonly PlannedShift[]) => planned.map(({ person, startsAt }) => [person, startsAt])
    expect(days(copyMonth(shifts, month, 'day'))).toEqual([
      ['一', at('2026-11-05')],
      ['四', at('2026-11-29')],
    ])
    // The first Monday; October has a fifth Thursday and Saturday, November neither.
    expect(days(copyMonth(shifts, month, 'weekday'))).toEqual([['一', at('2026-11-02')]])
    expect(shiftMonth(month, -1)).toBe('2026-09')
    expect(monthSpan(monthOf(toPlainDate('2026-12-31')))).toEqual({
      from: startOfLocalDay(toPlainDate('2026-12-01')),
      to: startOfLocalDay(toPlainDate('2027-01-01')),
    })
  })

  it('is refused for what has begun, for what is too long or too much, and for a name that stands there already', () => {
    const later = shift('甲', 24, 24)
    expect(refusesPlan([later], [], DAY)).toBeNull()
    expect(refusesPlan([], [], DAY)).toBe('empty')
    expect(
      refusesPlan(
        Array.from({ length: 401 }, () => later),
        [],
        DAY,
      ),
    ).toBe('too_many')
    expect(refusesPlan([later], [], later.startsAt)).toBe('begun')
    expect(refusesPlan([later], [], later.startsAt - 1)).toBeNull()
    expect(refusesPlan([shift('甲', 24, 169)], [], DAY)).toBe('too_long')
    expect(refusesPlan([shift('甲', 24, 0)], [], DAY)).toBe('too_long')
    expect(refusesPlan([later], [shift('甲', 47, 2)], DAY)).toBe('twice')
    expect(refusesPlan([later, later], [], DAY)).toBe('twice')
    expect(refusesPlan([later], [shift('甲', 48, 2), shift('甲', 24, 2, leader), shift('甲', 0, 24)], DAY)).toBeNull()
    // Two that stood there before are not this plan's.
    expect(refusesPlan([later], [shift('乙', 0, 9), shift('乙', 0, 9)], DAY)).toBeNull()
  })
})

/** What stands after some versions, the later ones over the earlier. */
function apply(present: readonly PlannedShift[], change: RosterChange): PlannedShift[] {
  if (change.kind === 'refused') throw new RangeError(change.refusal)
  const idOf = ({ person, role, startsAt }: PlannedShift): string => `${role} ${startsAt} ${person}`
  const all = new Map(present.map((one) => [idOf(one), { ...one, isWithdrawn: false }]))
  for (const version of change.versions) all.set(idOf(version), version)
  return [...all.values()].filter((one) => !one.isWithdrawn).map(({ isWithdrawn: _, ...one }) => one)
}

function covered(shifts: readonly PlannedShift[]): Span[] {
  return mergeSpans(shifts.map(({ endsAt, startsAt }) => ({ from: startsAt, to: endsAt })))
}

function hoursOf(shifts: readonly PlannedShift[], person: string): number {
  return lengthOf(covered(shifts.filter((one) => one.person === person)))
}

describe('a change', () => {
  const [first, second] = [shift('甲', 24, 24), shift('乙', 48, 24)]
  const present = [first, second]
  const by = { person: '丙', post: '科员', phone: null }
  const all = { from: first.startsAt, to: first.endsAt }

  it('swaps whole shifts that have not begun', () => {
    const change = swapShifts(present, [first, second], DAY)
    expect(apply(present, change).map(({ person, startsAt }) => [person, startsAt])).toEqual([
      ['乙', first.startsAt],
      ['甲', second.startsAt],
    ])
    expect(change).toMatchObject({ isLate: false, span: { from: first.startsAt, to: second.endsAt } })
    expect(swapShifts(present, [first, second], first.startsAt)).toMatchObject({ refusal: 'begun' })
    expect(swapShifts(present, [second, first], first.startsAt)).toMatchObject({ refusal: 'begun' })
    expect(swapShifts(present, [first, { ...second, person: '无' }], DAY)).toMatchObject({ refusal: 'unknown' })
    expect(swapShifts(present, [{ ...first, startsAt: 0 }, second], DAY)).toMatchObject({ refusal: 'unknown' })
    expect(swapShifts([first, shift('甲', 72, 24)], [first, shift('甲', 72, 24)], DAY)).toMatchObject({
      refusal: 'same_person',
    })
    const other = shift('乙', 48, 24, leader)
    expect(swapShifts([first, other], [first, other], DAY)).toMatchObject({ refusal: 'other_role' })
    expect(swapShifts([first, shift('乙', 24, 24)], [first, shift('乙', 24, 24)], DAY)).toMatchObject({
      refusal: 'same_time',
    })
    // Two begin together, and each has one version: what each bears afterwards.
    const long = shift('乙', 24, 48)
    const crossed = swapShifts([first, long], [first, long], DAY)
    expect(apply([first, long], crossed).map(({ endsAt, person }) => [person, endsAt])).toEqual([
      ['甲', long.endsAt],
      ['乙', first.endsAt],
    ])
    expect(crossed).toMatchObject({ versions: [{ isWithdrawn: false }, { isWithdrawn: false }] })
    expect(swapShifts([...present, shift('乙', 40, 4)], [first, second], DAY)).toMatchObject({ refusal: 'twice' })
  })

  it('takes back what has not begun', () => {
    expect(apply(present, withdrawShifts(present, [first], DAY))).toEqual([second])
    expect(withdrawShifts(present, [first], first.startsAt)).toMatchObject({ refusal: 'begun' })
    expect(withdrawShifts(present, [], DAY)).toMatchObject({ refusal: 'unknown' })
    expect(withdrawShifts(present, [first, { ...first, role: 'leader' }], DAY)).toMatchObject({ refusal: 'unknown' })
  })

  it('that replaces somebody is late from the start of what is replaced on', () => {
    const half = { from: first.startsAt + 6 * HOUR_MS, to: first.endsAt }
    const ask = (span: Span, now: number) => replaceInShift(present, { key: first, by, span }, now)
    expect(ask(all, first.startsAt - 1)).toMatchObject({ isLate: false })
    expect(ask(all, first.startsAt)).toMatchObject({ isLate: true })
    // The shift runs, and what is replaced has not begun.
    expect(ask(half, first.startsAt + HOUR_MS)).toMatchObject({ isLate: false })
    expect(ask({ ...all, from: all.from - 1 }, DAY)).toMatchObject({ refusal: 'outside' })
    expect(ask({ ...all, to: all.to + 1 }, DAY)).toMatchObject({ refusal: 'outside' })
    expect(ask({ from: all.to, to: all.to }, DAY)).toMatchObject({ refusal: 'outside' })
    expect(replaceInShift(present, { key: first, by: first, span: all }, DAY)).toMatchObject({ refusal: 'same_person' })
    expect(replaceInShift(present, { key: { ...first, person: '无' }, by, span: all }, DAY)).toMatchObject({
      refusal: 'unknown',
    })
    const busy = [...present, shift('丙', 47, 2)]
    expect(replaceInShift(busy, { key: first, by, span: all }, DAY)).toMatchObject({ refusal: 'twice' })
    expect(replaceInShift(busy, { key: first, by, span: { ...all, to: all.to - HOUR_MS } }, DAY)).toMatchObject({
      kind: 'change',
    })
  })

  it('that replaces somebody leaves the role covered as before, and moves exactly the hours replaced', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 }), (from, length) => {
        const to = Math.min(24, from + length)
        const span = { from: first.startsAt + from * HOUR_MS, to: first.startsAt + to * HOUR_MS }
        const after = apply(present, replaceInShift(present, { key: first, by, span }, DAY))
        expect(covered(after)).toEqual(covered(present))
        expect(hoursOf(after, '丙')).toBe((to - from) * HOUR_MS)
        expect(hoursOf(after, '甲')).toBe((24 - to + from) * HOUR_MS)
        expect(hoursOf(after, '乙')).toBe(24 * HOUR_MS)
      }),
    )
  })
})
