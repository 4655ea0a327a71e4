import { expect, it } from 'vitest'
import { unitLink } from './unit-link.ts'

it('leads to the part of the unit’s page, for the same quarter and moment', () => {
  expect(unitLink('D13')).toBe('/units/D13')
  expect(
    unitLink('A/1', {
      quarter: '2026Q3',
      asOf: '2026-10-08T23:59:59+08:00',
      section: 'deductions',
      dimension: 'filing',
    }),
  ).toBe('/units/A%2F1?quarter=2026Q3&asOf=2026-10-08T23%3A59%3A59%2B08%3A00&dimension=filing#deductions')
})
