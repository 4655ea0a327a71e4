import { expect } from 'vitest'

type Column = readonly (number | null)[]

/** The largest difference of two columns, ∞ where one is null (or missing) and the other is not. */
export function largestDifference(actual: Column, expected: Column): number {
  if (actual.length !== expected.length) return Infinity
  return actual.reduce<number>((largest, value, index) => {
    const other = expected[index] ?? null
    if (value === null || other === null) return value === other ? largest : Infinity
    const difference = Math.abs(value - other)
    return difference <= largest ? largest : Number.isNaN(difference) ? Infinity : difference
  }, 0)
}

/** All of a column to within an absolute tolerance. */
export function expectNear(actual: Column, expected: Column, tolerance: number): void {
  expect(largestDifference(actual, expected)).toBeLessThanOrEqual(tolerance)
}

/** Relative for values that are not 0. */
export function expectNearRelative(actual: Column, expected: Column, tolerance: number): void {
  const scaled = actual.map((value, index) => {
    const other = expected[index] ?? null
    return value === null || other === null || other === 0 ? value : value / other
  })
  const ones = expected.map((other) => (other === null || other === 0 ? other : 1))
  expectNear(scaled, ones, tolerance)
}
