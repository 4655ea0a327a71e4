import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTimestamptz, TYPE_PARSERS } from './type-parsers.ts'

test.each([
  ['2026-07-03 06:05:00+00', Date.UTC(2026, 6, 3, 6, 5)],
  ['2026-07-03 14:05:00.5+08', Date.UTC(2026, 6, 3, 6, 5, 0, 500)],
  ['2026-07-03 11:50:00.123999+05:45', Date.UTC(2026, 6, 3, 6, 5, 0, 123)],
  ['1900-01-01 08:05:43+08:05:43', Date.UTC(1900, 0, 1)],
  ['0099-12-31 23:59:59+00', Date.parse('0099-12-31T23:59:59Z')],
  ['0100-01-01 00:00:00+00', Date.parse('0100-01-01T00:00:00Z')],
  ['9999-12-31 23:59:59+00', Date.UTC(9999, 11, 31, 23, 59, 59)],
  ['2026-07-03 02:35:00-03:30', Date.UTC(2026, 6, 3, 6, 5)],
  ['infinity', Infinity],
  ['-infinity', -Infinity],
])('%s is read exactly', (text, at) => {
  expect(parseTimestamptz(text)).toBe(at)
})

test('every instant to the ms is read as it was, at any offset', () => {
  const at = fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9999, 11, 30) })
  fc.assert(
    fc.property(at, fc.integer({ min: -14 * 60, max: 14 * 60 }), (instant, minutes) => {
      const local = new Date(instant + minutes * 60_000).toISOString().slice(0, 23).replace('T', ' ')
      const offset = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((n) => String(n).padStart(2, '0'))
      expect(parseTimestamptz(`${local}${minutes < 0 ? '-' : '+'}${offset.join(':')}`)).toBe(instant)
    }),
  )
})

test('what cannot be read exactly throws', () => {
  const parseInt8 = TYPE_PARSERS.getTypeParser(20)
  expect(parseInt8('-9007199254740991')).toBe(-9_007_199_254_740_991)
  expect(() => parseInt8('9007199254740992')).toThrow(RangeError)
  expect(() => parseTimestamptz('0044-03-15 00:00:00+00 BC')).toThrow(RangeError)
  expect(() => parseTimestamptz('03.07.2026 06:05')).toThrow(RangeError)
})
