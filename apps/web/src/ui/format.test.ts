import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testFormat } from '../testing/test-format.ts'

const zh = testFormat('zh-CN')
const en = testFormat('en')

describe('points', () => {
  it('have one decimal, two only where they say something, and a real minus', () => {
    expect([87.5, 99, 93.25, 0, 100].map(zh.score)).toEqual(['87.5', '99.0', '93.25', '0.0', '100.0'])
    expect(zh.score(-2)).toBe('\u22122.0')
    expect([zh.lost(3), zh.lost(0.5), zh.lost(0), zh.signed(1)]).toEqual(['\u22123.0', '\u22120.5', '0', '+1.0'])
    expect([zh.bonus(1), zh.bonus(0.5)]).toEqual(['+1', '+0.5'])
  })

  it('never show a sign before nothing, nor dust of binary fractions', () => {
    expect([zh.lost(-0), zh.signed(0.001), zh.score(0.1 + 0.2)]).toEqual(['0', '0', '0.3'])
  })

  it('fall apart into number and decimal without losing anything', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5000, max: 12_000 }), (hundredths) => {
        const { whole, decimal } = zh.scoreParts(hundredths / 100)
        return `${whole}${decimal}` === zh.score(hundredths / 100)
      }),
    )
  })
})

describe('rates', () => {
  it('never stand without their counts, and are a word when nothing was owed', () => {
    expect(zh.rate({ part: 22, whole: 26 })).toBe('22/26 84.6%')
    expect([zh.rate({ part: 0, whole: 0 }), en.rate({ part: 0, whole: 0 })]).toEqual(['无应报', 'none owed'])
    expect([zh.counts({ part: 0, whole: 0 }), zh.percent({ part: 0, whole: 0 })]).toEqual(['—', '—'])
  })

  it('are 100.0% and 0.0% only when that is exact', () => {
    expect(zh.percent({ part: 2999, whole: 3000 })).toBe('99.9%')
    expect(zh.percent({ part: 1, whole: 5000 })).toBe('0.1%')
    expect([zh.percent({ part: 4, whole: 4 }), zh.percent({ part: 0, whole: 4 })]).toEqual(['100.0%', '0.0%'])
  })

  it('differ by points, not by percent', () => {
    expect([zh.percentPoints(1.84), zh.percentPoints(-6.15), zh.percentPoints(0.02)]).toEqual([
      '+1.8 点',
      '\u22126.2 点',
      '0.0 点',
    ])
  })
})

describe('instants', () => {
  const at = '2026-08-17T14:05:00+08:00'

  it('are written in the offices’ time wherever the machine stands', () => {
    expect(zh.instant(at)).toBe('2026-08-17 14:05')
    expect(zh.instant(Date.parse('2026-08-17T16:00:01Z'))).toBe('2026-08-18 00:00:01')
    expect(zh.minute('2026-11-24T06:34:20+08:00')).toBe('2026-11-24 06:34')
  })

  it('are read as each language says them', () => {
    expect([zh.dayClock(at), en.dayClock(at)]).toEqual(['8月17日 14:05', '17 Aug 14:05'])
    expect([zh.longDate('2026-10-01'), en.longDate('2026-10-01')]).toEqual(['2026年10月1日', '1 Oct 2026'])
    expect([zh.quarter('2026Q3'), en.quarter('2026Q3')]).toEqual(['2026年第三季度', 'Q3 2026'])
  })
})

describe('durations', () => {
  it('name every unit that is not zero, to the second', () => {
    expect([17 * 60, 2 * 3600 + 31 * 60, 45, 86_400 + 3 * 3600, 61, 0].map(zh.duration)).toEqual([
      '17 分',
      '2 小时 31 分',
      '45 秒',
      '1 天 3 小时',
      '1 分 1 秒',
      '0 秒',
    ])
    expect([zh.late(1020), en.late(9060)]).toEqual(['迟报 17 分', '2 h 31 min late'])
  })
})

it('writes ranks and lists in both languages', () => {
  expect([zh.rank(27), zh.rank(12, true), en.rank(12, true)]).toEqual(['第 27 名', '并列第 12 名', 'tied at rank 12'])
  expect([zh.list(['甲', '乙']), en.list(['a', 'b'])]).toEqual(['甲、乙', 'a, b'])
  expect([zh.count(1234567), zh.count(999)]).toEqual(['1,234,567', '999'])
  expect([zh.bytes(999), zh.bytes(4_100_000), zh.bytes(300_000_000)]).toEqual(['999 B', '4.1 MB', '300 MB'])
})
