import { expect, it } from 'vitest'
import { rankAmong, simulateCertainCoverage, simulateRangeCoverage } from './simulate-range-coverage.ts'

it('holds the true places as often as it says', () => {
  const { covered, officialRight, width } = simulateRangeCoverage({ units: 24, eventsPerUnit: 20, replicates: 8 })
  expect(covered).toBeGreaterThan(0.87)
  expect(covered).toBeLessThan(0.97)
  // Not by saying that every place is open.
  expect(width).toBeLessThan(0.75)
  expect(officialRight).toBeLessThan(0.3)
}, 60_000)

it('calls nothing certain that is not, of all units together, and still says something of a table with a few bad ones', () => {
  const design = { units: 31, eventsPerUnit: 5, replicates: 150 }
  const few = simulateCertainCoverage(design, 'few_bad')
  expect(few.coveredTogether).toBeGreaterThanOrEqual(0.98)
  expect(few.narrowed).toBeGreaterThan(0.55)
  expect(simulateCertainCoverage(design, 'rare_and_dear').coveredTogether).toBeGreaterThanOrEqual(0.98)
}, 60_000)

it('ranks as the table does: equal scores share the better place', () => {
  expect([9, 8, 8, 7].map((score, _, scores) => rankAmong(scores, score))).toEqual([1, 2, 2, 4])
})
