import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newcombeDifference } from './newcombe-difference.ts'
import { newcombePValue } from './newcombe-p-value.ts'

const counts = fc.nat(60).chain((whole) => fc.record({ part: fc.nat(whole), whole: fc.constant(whole) }))

it('is below 1 − level exactly when the interval of that level excludes 0, whichever of the two comes first', () => {
  fc.assert(
    fc.property(counts, counts, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (a, b, level) => {
      const p = newcombePValue(a, b)
      expect(newcombePValue(b, a)).toBeCloseTo(p, 9)
      if (Math.abs(p - (1 - level)) < 1e-9) return
      const { high, low } = newcombeDifference(a, b, level)
      expect(p < 1 - level).toBe(low > 0 || high < 0)
    }),
  )
})

it('is 1 for equal shares and for what was not measured', () => {
  expect(newcombePValue({ part: 9, whole: 10 }, { part: 18, whole: 20 })).toBeCloseTo(1, 9)
  expect(newcombePValue({ part: 0, whole: 0 }, { part: 18, whole: 20 })).toBe(1)
})
