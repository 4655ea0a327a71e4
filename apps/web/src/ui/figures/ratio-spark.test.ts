import { describe, expect, it } from 'vitest'
import { layoutRatioSpark } from './ratio-spark.ts'

const share = (part: number, whole = 10) => ({ part, whole })

describe('layoutRatioSpark', () => {
  it('breaks the line at a quarter that owed nothing', () => {
    expect(layoutRatioSpark([share(9), share(8), share(0, 0), share(9)], 60, 20).lines).toHaveLength(1)
    expect(layoutRatioSpark([share(9), share(0, 0), share(9)], 60, 20).lines).toHaveLength(0)
  })

  it('has no end point where the last quarter owed nothing', () => {
    expect(layoutRatioSpark([share(9), share(0, 0)], 60, 20).end).toBeNull()
  })

  it('puts a higher share higher', () => {
    const [line] = layoutRatioSpark([share(5), share(9)], 60, 20).lines
    const [low, high] = (line ?? '').split(' ').map((point) => Number(point.split(',')[1]))
    expect(high).toBeLessThan(low ?? 0)
  })

  it('draws equal shares as a level line through the middle', () => {
    expect(layoutRatioSpark([share(9), share(9)], 60, 20)).toEqual({
      lines: ['3.0,10.0 57.0,10.0'],
      end: { x: 57, y: 10 },
    })
  })
})
