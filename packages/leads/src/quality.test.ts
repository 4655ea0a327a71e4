import { describe, expect, it } from 'vitest'
import { HELD_OUT_SEEDS, MEASURED_QUALITY } from './quality.ts'
import { measureQuality } from './testing/measure-quality.ts'

const LEAST = 0.9
/** What a seed may come out better than the next. */
const MARGIN = 0.01

describe('the proposals', () => {
  const each = HELD_OUT_SEEDS.map((seed) => measureQuality([seed]))

  it('are right for nine of ten, and find nine of ten, on every set that nothing was tuned on', () => {
    for (const { proposed, right, told } of each) {
      expect(right / proposed).toBeGreaterThan(LEAST + MARGIN)
      expect(right / told).toBeGreaterThan(LEAST + MARGIN)
    }
  })

  it('are as good as the program says on its page', () => {
    const sum = (of: (one: (typeof each)[number]) => number): number => each.reduce((total, one) => total + of(one), 0)
    expect(MEASURED_QUALITY).toEqual({
      seeds: HELD_OUT_SEEDS,
      leads: sum(({ leads }) => leads),
      told: sum(({ told }) => told),
      proposed: sum(({ proposed }) => proposed),
      right: sum(({ right }) => right),
    })
  })
})
