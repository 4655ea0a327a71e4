import { describe, expect, it } from 'vitest'
import { buildPeersPicture, medianOf, RADIUS } from './peers-picture.ts'

const scores = [99, 95, 95, 95, 87.5, 80, 72]

describe('the picture of a group', () => {
  it('has one dot a unit and marks own units where they stand', () => {
    const { stacks, ticks } = buildPeersPicture({
      scores,
      own: [{ label: '本单位 87.5 分', score: 87.5 }],
      mean: 89.1,
      width: 700,
    })
    expect(stacks.reduce((sum, { count }) => sum + count, 0)).toBe(scores.length)
    expect(stacks.map(({ count }) => count)).toEqual([1, 1, 1, 3, 1])
    expect(stacks.map(({ ownCount }) => ownCount)).toEqual([0, 0, 1, 0, 0])
    expect(ticks.map(({ text }) => text)).toEqual(['70', '75', '80', '85', '90', '95', '100'])
  })

  it('draws within its width and height, however many share a score', () => {
    const many = Array.from({ length: 400 }, () => 90)
    const { stacks, step, baseY, height, labels } = buildPeersPicture({
      scores: many,
      own: [{ label: '本单位 90.0 分', score: 90 }],
      mean: null,
      width: 340,
    })
    expect(step).toBeLessThan(RADIUS)
    expect(baseY - (stacks[0]?.count ?? 0) * step).toBeGreaterThanOrEqual(0)
    expect(height).toBeLessThan(180)
    expect(labels).toHaveLength(1)
  })

  it('puts labels of neighbours into lanes of their own, and leaves more than three to the table', () => {
    const own = (n: number) => Array.from({ length: n }, (_, index) => ({ label: `某某单位${index}`, score: 95 }))
    const { labels } = buildPeersPicture({ scores, own: own(3), mean: 89, width: 700 })
    expect(new Set(labels.map(({ y }) => y)).size).toBe(3)
    expect(labels.every(({ y }) => y > 0)).toBe(true)
    expect(buildPeersPicture({ scores, own: own(4), mean: 89, width: 700 }).labels).toEqual([])
  })

  it('leaves out a mean that is hidden', () => {
    expect(buildPeersPicture({ scores: [90, 80], own: [], mean: null, width: 700 }).meanX).toBeNull()
  })

  it('finds the middle score', () => {
    expect(medianOf(scores)).toBe(95)
    expect(medianOf([90, 80])).toBe(85)
    expect(medianOf([])).toBeNull()
  })
})
