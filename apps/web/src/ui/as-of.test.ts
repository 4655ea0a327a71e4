import { expect, it } from 'vitest'
import { fromAsOfInstant, toAsOfInstant } from './as-of.ts'

it('turns the picker’s local time into an instant and back, wherever the machine stands', () => {
  expect(toAsOfInstant('2026-10-08 23:59:59')).toBe('2026-10-08T23:59:59+08:00')
  expect(fromAsOfInstant('2026-10-08T15:59:59Z')).toBe('2026-10-08 23:59:59')
})
