import { quarterOfDate, SAMPLE_HOLIDAYS, startOfLocalDay, toPlainDate, toQuarter } from '@zhidu/domain'
import { describe, expect, it } from 'vitest'
import { makeQuarterFilings } from './filings.ts'
import { CITY_PROFILES } from './profile.ts'
import { truthOf } from './truth.ts'

const QUARTER = toQuarter('2026Q3')
const DUE_END: Readonly<Record<string, number>> = {
  中秋节: startOfLocalDay(toPlainDate('2026-09-21')),
  国庆节: startOfLocalDay(toPlainDate('2026-09-27')),
}

function fileAll(filedOnTime: number) {
  const truths = new Map(
    CITY_PROFILES.map((profile) => [profile.unitCode, { ...truthOf('f', profile, QUARTER), filedOnTime }]),
  )
  return makeQuarterFilings('f', CITY_PROFILES, truths, QUARTER, SAMPLE_HOLIDAYS).map(({ filing }) => filing)
}

describe('makeQuarterFilings', () => {
  it('has both forms of every unit for the holidays due in the quarter', () => {
    expect(quarterOfDate(toPlainDate('2026-09-26'))).toBe(QUARTER)
    expect(fileAll(0.5)).toHaveLength(CITY_PROFILES.length * 4)
  })

  it('files all before the day ends when all are on time, and none when none is', () => {
    const isInTime = (row: { readonly holidayName: string; readonly receivedAt: number | null }) =>
      row.receivedAt !== null && row.receivedAt < (DUE_END[row.holidayName] ?? 0)
    expect(fileAll(1).every(isInTime)).toBe(true)
    expect(fileAll(0).some(isInTime)).toBe(false)
  })
})
