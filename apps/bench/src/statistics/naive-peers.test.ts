import { createRandom, posteriorRanks, rankSets } from '@zhidu/statistics'
import { expect, it } from 'vitest'
import { holmOneByOne, ranksByDraws } from './naive-peers.ts'

const units = [9, 15, 31, 40, 44, 58].map((part) => ({ part, whole: 60 }))

it('declare as many pairs as the rank sets do', () => {
  const declared = rankSets(units, { level: 0.95 }).reduce((sum, set) => sum + (set?.low ?? 1) - 1, 0)
  expect(declared).toBeGreaterThan(0)
  expect(holmOneByOne(units, 0.05)).toBe(declared)
})

it('draw the ranks that quadrature finds', () => {
  const prior = { alpha: 2, beta: 2 }
  const drawn = ranksByDraws(units, { draws: 4_000, prior, random: createRandom('peers') })
  for (const [index, rank] of posteriorRanks(units, { level: 0.95, prior }).entries()) {
    // Four standard errors of a rank that is off by less than one and a half.
    expect(Math.abs((rank?.expectedRank ?? 0) - (drawn[index]?.expectedRank ?? 0))).toBeLessThan(0.1)
    expect(Math.abs((rank?.low ?? 0) - (drawn[index]?.low ?? 0))).toBeLessThanOrEqual(1)
  }
})
