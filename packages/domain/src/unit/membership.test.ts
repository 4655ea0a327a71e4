import { describe, expect, it } from 'vitest'
import { toQuarter } from '../calendar/quarter.ts'
import type { UnitPeriod } from '../facts/facts.ts'
import { at, makePeriod, on } from '../testing/make-facts.ts'
import {
  isOpenThroughout,
  isTopUnit,
  listClosedWithin,
  listGroupMembers,
  listMembers,
  officialOrder,
  tierAt,
  toOpenSpans,
  unitPeriodAt,
  unitPeriodOn,
} from './membership.ts'

const Q3 = toQuarter('2026Q3')
const moved = [
  makePeriod({ peerGroup: '县区组', validTo: on('2026-07-20') }),
  makePeriod({ peerGroup: '市直组', validFrom: on('2026-08-10') }),
]

function tree(...units: UnitPeriod[][]): Map<string, UnitPeriod[]> {
  return new Map(units.map((periods, index) => [`U${index}`, periods]))
}

describe('a unit’s history', () => {
  it.each([
    ['2026-07-19', '县区组'],
    ['2026-07-20', undefined],
    ['2026-08-09', undefined],
    ['2026-08-10', '市直组'],
  ])('is half-open: on %s it is %s', (date, group) => {
    expect(unitPeriodOn(moved, on(date))?.peerGroup).toBe(group)
    expect(unitPeriodAt(toOpenSpans(moved), at(`${date} 12:00`))?.peerGroup).toBe(group)
  })

  it('opens at 00:00 local time and closes with the last second of the day before', () => {
    const spans = toOpenSpans(moved)
    expect(unitPeriodAt(spans, at('2026-07-19 23:59:59'))).not.toBeNull()
    expect(unitPeriodAt(spans, at('2026-07-20 00:00:00'))).toBeNull()
    expect(unitPeriodAt(spans, at('2026-08-09 23:59:59'))).toBeNull()
    expect(unitPeriodAt(spans, at('2026-08-10 00:00:00'))).not.toBeNull()
  })

  it('keeps the tier of its last row while it is closed, whatever the order of the rows', () => {
    const rows = [
      makePeriod({ tier: 'township', validFrom: on('2026-02-01'), validTo: on('2026-03-01') }),
      makePeriod({ tier: 'city', validFrom: on('2026-05-01'), validTo: on('2026-06-01') }),
      makePeriod({ tier: 'province', validFrom: on('2026-09-01') }),
    ]
    const days = ['2026-01-31', '2026-02-01', '2026-04-01', '2026-05-31', '2026-06-01', '2026-08-31', '2026-09-01']
    const expected = ['township', 'township', 'township', 'city', 'city', 'city', 'province']
    for (const order of [rows, rows.toReversed()]) {
      expect(days.map((day) => tierAt(toOpenSpans(order), at(`${day} 12:00`)))).toEqual(expected)
    }
    expect(tierAt([], at('2026-07-01 00:00'))).toBe('county')
  })

  it('without dates is open always', () => {
    expect(unitPeriodOn([makePeriod()], on('1970-01-01'))).not.toBeNull()
    expect(unitPeriodAt(toOpenSpans([makePeriod()]), at('9999-12-31 00:00'))).not.toBeNull()
  })
})

describe('the tables of a quarter', () => {
  it('hold the units open on its last day, by the row of that day', () => {
    const units = tree(
      [makePeriod({ name: '末日撤', validTo: on('2026-09-30') })],
      [makePeriod({ name: '次日撤', validTo: on('2026-10-01') })],
      [makePeriod({ name: '末日设', validFrom: on('2026-09-30') })],
      [makePeriod({ name: '次日设', validFrom: on('2026-10-01') })],
      moved,
    )
    expect(listMembers(units, Q3).map(({ name }) => name)).toEqual(['次日撤', '末日设', '甲单位'])
    expect(listGroupMembers(units, Q3, '县区组').map(({ name }) => name)).toEqual(['次日撤', '末日设'])
    expect(listGroupMembers(units, Q3, '市直组')).toEqual([moved[1]])
  })

  it('hold no unit that was closed within it: those are told apart, by their last row, each in its group', () => {
    const units = tree(
      [makePeriod({ name: '末日撤', validTo: on('2026-09-30') })],
      [makePeriod({ name: '次日撤', validTo: on('2026-10-01') })],
      [makePeriod({ name: '首日撤', validTo: on('2026-07-01') })],
      [
        makePeriod({ name: '前', validTo: on('2026-07-20') }),
        makePeriod({ name: '后', validFrom: on('2026-07-20'), validTo: on('2026-08-20') }),
      ],
      [makePeriod({ name: '别组撤', peerGroup: '市直组', validTo: on('2026-08-01') })],
      [makePeriod({ name: '未设', validFrom: on('2026-10-01') })],
      moved,
    )
    const closed = listClosedWithin(units, Q3, '县区组')
    expect(closed.map(({ name, validTo }) => [name, validTo])).toEqual([
      ['末日撤', '2026-09-30'],
      ['后', '2026-08-20'],
    ])
    expect(listClosedWithin(units, Q3, '市直组').map(({ name }) => name)).toEqual(['别组撤'])
  })

  it('rank the top unit with those below it only when its group says so', () => {
    const below = [makePeriod({ name: '下级' })]
    const apart = [makePeriod({ name: '本级', parentCode: null, peerGroup: '本级' })]
    const among = [makePeriod({ name: '同组', parentCode: null })]
    expect(listGroupMembers(tree(apart, below), Q3, '县区组').map(({ name }) => name)).toEqual(['下级'])
    expect(listGroupMembers(tree(among, below), Q3, '县区组').map(({ name }) => name)).toEqual(['同组', '下级'])
    expect([apart, among, below].map((rows) => rows.some(isTopUnit))).toEqual([true, true, false])
  })
})

it('officialOrder goes by first appearance', () => {
  expect([...officialOrder(['C04', 'A01', 'C04', 'B02'])]).toEqual([
    ['C04', 0],
    ['A01', 1],
    ['B02', 2],
  ])
})

it('isOpenThroughout asks for one row over the whole range, to the second', () => {
  const range = { from: at('2026-07-20 00:00'), to: at('2026-08-10 00:00') }
  const exact = makePeriod({ validFrom: on('2026-07-20'), validTo: on('2026-08-10') })
  expect(isOpenThroughout([makePeriod()], range)).toBe(true)
  expect(isOpenThroughout([exact], range)).toBe(true)
  expect(isOpenThroughout([exact], { ...range, from: range.from - 1_000 })).toBe(false)
  expect(isOpenThroughout([exact], { ...range, to: range.to + 1_000 })).toBe(false)
  expect(isOpenThroughout(moved, range)).toBe(false)
  expect(isOpenThroughout([], range)).toBe(false)
})
