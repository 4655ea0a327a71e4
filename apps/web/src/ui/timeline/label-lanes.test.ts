import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateTextWidth, placeLabels } from './label-lanes.ts'

describe('placeLabels', () => {
  it('keeps labels that do not touch on one line', () => {
    expect(
      placeLabels(
        [
          { x: 100, width: 60 },
          { x: 200, width: 60 },
        ],
        400,
        8,
      ).map((label) => label.lane),
    ).toEqual([0, 0])
  })

  it('moves a label that would touch its neighbour to the next line', () => {
    expect(
      placeLabels(
        [
          { x: 100, width: 60 },
          { x: 120, width: 60 },
        ],
        400,
        8,
      ).map((label) => label.lane),
    ).toEqual([0, 1])
  })

  it('lets no two labels of a line touch and keeps all of them inside', () => {
    const boxes = fc.array(
      fc.record({ x: fc.integer({ min: 0, max: 600 }), width: fc.integer({ min: 10, max: 200 }) }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(boxes, (list) => {
        const placed = placeLabels(list, 600, 6)
        return placed.every((a, i) => {
          const width = list[i]?.width ?? 0
          const isInside = a.left >= 0 && a.left + width <= 600
          return (
            isInside &&
            placed.every((b, j) => {
              if (i === j || a.lane !== b.lane) return true
              return a.left + width + 6 <= b.left || b.left + (list[j]?.width ?? 0) + 6 <= a.left
            })
          )
        })
      }),
    )
  })
})

describe('estimateTextWidth', () => {
  it('counts a Chinese character as one em and a digit as a little more than half', () => {
    expect(estimateTextWidth('时限', 13)).toBe(26)
    expect(estimateTextWidth('16:05', 18)).toBe(Math.ceil(5 * 0.58 * 18))
  })
})
