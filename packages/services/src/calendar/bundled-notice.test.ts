import { checkYearNotice, SAMPLE_HOLIDAYS } from '@zhidu/domain'
import { expect, it } from 'vitest'
import { bundledNotice } from './bundled-notice.ts'

function spansOf(year: number): string[] {
  return bundledNotice(year).map(({ firstDayOff, lastDayOff, name }) => `${name} ${firstDayOff} ${lastDayOff}`)
}

it('says of 2026 what the sample calendar says, makeup workdays included', () => {
  expect(bundledNotice(2026)).toEqual(SAMPLE_HOLIDAYS)
})

it('begins 元旦 of 2023 in the year before, and has 国庆 and 中秋 of 2025 as one block', () => {
  expect(spansOf(2023)[0]).toBe('元旦 2022-12-31 2023-01-02')
  expect(spansOf(2022).some((span) => span.includes('2022-12-31'))).toBe(false)
  expect(spansOf(2025).slice(-2)).toEqual(['端午节 2025-05-31 2025-06-02', '国庆节 2025-10-01 2025-10-08'])
  expect(bundledNotice(2025).at(-1)?.makeupWorkdays).toEqual(['2025-09-28', '2025-10-11'])
})

it('guesses nothing for a year that is not in the data', () => {
  expect(bundledNotice(2003)).toEqual([])
  expect(bundledNotice(2028)).toEqual([])
})

it('is a notice that could be put in force, year by year', () => {
  const years = Array.from({ length: 23 }, (_, index) => 2004 + index)
  const wrong = years.flatMap((year) =>
    checkYearNotice(year, bundledNotice(year), bundledNotice(year - 1)).map((one) => `${year} ${JSON.stringify(one)}`),
  )
  expect(wrong).toEqual([])
})
