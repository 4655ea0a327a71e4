import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { tabulateScoreBands } from './score-bands.ts'

it('counts scores in bands of five points from the highest down, empty bands between them included', () => {
  expect(tabulateScoreBands([100, 98.5, 95, 94.99, 83])).toEqual([
    { from: 95, to: 100, count: 3 },
    { from: 90, to: 95, count: 1 },
    { from: 85, to: 90, count: 0 },
    { from: 80, to: 85, count: 1 },
  ])
})

it('keeps a bonus above 100, and a table of zeros, in bands of their own', () => {
  expect(tabulateScoreBands([103, 100]).map(({ from, count }) => [from, count])).toEqual([[100, 2]])
  expect(tabulateScoreBands([0, 0])).toEqual([{ from: 0, to: 5, count: 2 }])
  expect(tabulateScoreBands([])).toEqual([])
})

it('counts every score once', () => {
  const points = fc.integer({ min: 0, max: 11_000 }).map((hundredths) => hundredths / 100)
  fc.assert(
    fc.property(fc.array(points, { minLength: 1, maxLength: 60 }), (scores) => {
      const bands = tabulateScoreBands(scores)
      expect(bands.reduce((sum, { count }) => sum + count, 0)).toBe(scores.length)
      for (const score of scores) {
        expect(bands.some(({ from, to, count }) => count > 0 && from <= score && score <= to)).toBe(true)
      }
    }),
  )
})
