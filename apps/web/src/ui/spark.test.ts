import { describe, expect, it } from 'vitest'
import { computeSparkScale, layoutSpark } from './spark.ts'

const BOX = { width: 80, height: 24, margin: 4 }

describe('layoutSpark', () => {
  it('breaks the line where a quarter was not measured and never draws it as 0', () => {
    const { own, end } = layoutSpark([90, null, 95, 100], [], { low: 80, high: 100 }, BOX)
    expect(own).toEqual([
      [[4, 12]],
      [
        [52, 8],
        [76, 4],
      ],
    ])
    expect(end).toEqual([76, 4])
  })

  it('has no end point when the last quarter was not measured', () => {
    expect(layoutSpark([90, null], [], { low: 80, high: 100 }, BOX).end).toBeNull()
  })

  it('draws what lies below the scale at its lower edge', () => {
    expect(layoutSpark([10], [], { low: 80, high: 100 }, BOX).end).toEqual([4, 20])
  })
})

describe('computeSparkScale', () => {
  it('is at least ten points high, so that small changes stay small', () => {
    expect(
      computeSparkScale([
        [99, 98],
        [97, null],
      ]),
    ).toEqual({ low: 89, high: 99 })
  })

  it('does not let one very low score flatten all others', () => {
    const scores = Array.from({ length: 39 }, (_, index) => 80 + (index % 20))
    expect(computeSparkScale([scores, [12]]).low).toBeGreaterThan(70)
  })
})
