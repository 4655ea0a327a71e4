import { quarterRange, toQuarter } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { expectValidReports } from '../testing/expect-valid.ts'
import { makeProvince, PROVINCE_CODE, PROVINCE_GROUP } from './make-province.ts'

const QUARTER = toQuarter('2026Q3')
const province = makeProvince({ seed: 's', quarter: QUARTER, unitCount: 300, reportCount: 5_000, checkCount: 400 })

describe('makeProvince', () => {
  it('makes exactly what is asked for, the same on every walk', () => {
    const reports = [...province.reports()]
    expect(province.units).toHaveLength(301)
    expect(reports).toHaveLength(5_000)
    expect([...province.reports()]).toEqual(reports)
    expect([...province.checks()]).toHaveLength(400)
    expectValidReports(reports, province.units)
    expect(new Set([...province.checks()].map(({ checkCode }) => checkCode)).size).toBe(400)
  })

  it('stands as one tree, its units in one group', () => {
    const seen = new Set<string>()
    for (const { parentCode, peerGroup, unitCode } of province.units) {
      expect(parentCode === null ? unitCode : seen.has(parentCode)).toBe(parentCode === null ? PROVINCE_CODE : true)
      expect(peerGroup === PROVINCE_GROUP).toBe(unitCode !== PROVINCE_CODE)
      seen.add(unitCode)
    }
  })

  it('goes through the quarter in the order learned of, to its last days', () => {
    const { from, to } = quarterRange(QUARTER)
    const learned = [...province.reports()].map(({ learnedAt }) => learnedAt)
    expect(learned).toEqual(learned.toSorted((a, b) => a - b))
    expect(learned[0]).toBeGreaterThanOrEqual(from)
    expect(learned.at(-1)).toBeLessThan(to)
    expect(learned.at(-1)).toBeGreaterThan(to - 3 * 86_400_000)
  })

  it('makes rows only while they are taken', () => {
    const endless = makeProvince({ seed: 's', quarter: QUARTER, unitCount: 5, reportCount: 1_000_000_000 })
    const walk = endless.reports()
    expect(Array.from({ length: 10 }, () => walk.next().done)).toEqual(Array.from({ length: 10 }, () => false))
  })

  it('refuses facts without a unit and counts that are none', () => {
    expect(() => makeProvince({ seed: 's', quarter: QUARTER, unitCount: 0, reportCount: 1 })).toThrow(RangeError)
    expect(() => makeProvince({ seed: 's', quarter: QUARTER, unitCount: 1.5, reportCount: 1 })).toThrow(RangeError)
  })
})
