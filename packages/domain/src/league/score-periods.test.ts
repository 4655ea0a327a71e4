import { describe, expect, it } from 'vitest'
import type { BonusFact } from '../facts/facts.ts'
import { DIMENSIONS, type Regulation } from '../regulation/regulation.ts'
import { ANHUI } from '../regulation/samples/anhui.ts'
import { HUNAN } from '../regulation/samples/hunan.ts'
import { MEIZHOU } from '../regulation/samples/meizhou.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { weighted } from '../testing/change-regulation.ts'
import { makeBonus, on } from '../testing/make-facts.ts'
import { emptyPeriods, mapDimensions, type PeriodSums } from './period-sums.ts'
import { type QuarterPoints, scorePeriods } from './score-periods.ts'

type Lost = Partial<PeriodSums['lost']>

/** One period after another, by what each dimension lost. */
function score(
  regulation: Regulation,
  lost: readonly Lost[],
  { bonuses = [], change = {} }: { bonuses?: BonusFact[]; change?: Partial<PeriodSums> } = {},
): QuarterPoints {
  const [empty] = emptyPeriods(regulation)
  if (empty === undefined) throw new RangeError('no period')
  const periods = lost.map((one) => ({ ...empty, lost: mapDimensions((dimension) => one[dimension] ?? 0), ...change }))
  return scorePeriods({ periods, bonuses, regulation })
}

const parts = ({ dimensions, workload }: QuarterPoints): number[] => [
  ...DIMENSIONS.map((dimension) => dimensions[dimension]),
  workload,
]

describe('the quarter of a method by months', () => {
  it('is the mean of the months, rounded once, and its parts sum to it', () => {
    // 60 − 1, 60 − 1 and 60 − 2 hundredths, in one dimension or in three: the mean is 59.986…, and so is the score.
    const inOne = score(HUNAN, [{ timeliness: 1 }, { timeliness: 1 }, { timeliness: 2 }])
    const inThree = score(HUNAN, [{ timeliness: 1 }, { completeness: 1 }, { discipline: 1, completeness: 1 }])
    expect([inOne.score, inThree.score]).toEqual([59_99, 59_99])
    expect(parts(inOne)).toEqual([29_99, 20_00, 0, 10_00, 0, 0])
    // 29.9966…, 19.9933… and 9.9966… cut by 0.66…, 0.33… and 0.66…: two hundredths are left for the most cut.
    expect(parts(inThree)).toEqual([30_00, 19_99, 0, 10_00, 0, 0])
  })

  it('rounds halves up, also below zero, and never to −0', () => {
    const { dimensions } = SAMPLE_REGULATION
    const deep = { ...dimensions.filing, floor: -100_00 }
    const regulation = { ...SAMPLE_REGULATION, period: 'month', dimensions: { ...dimensions, filing: deep } } as const
    const all = { timeliness: 30_00, completeness: 20_00, truthfulness: 20_00, discipline: 20_00 }
    const ofLost = (...lost: number[]): number =>
      score(
        regulation,
        lost.map((filing) => ({ ...all, filing })),
      ).score
    expect(ofLost(10_01, 10_00, 10_00)).toBe(0)
    expect(ofLost(10_02, 10_00, 10_00)).toBe(-1)
    expect(ofLost(10_00, 10_00, 9_99)).toBe(0)
    expect(ofLost(10_00, 10_00, 9_98)).toBe(1)
  })

  it('has nothing of a month made zero, and leaves what is below nothing where it is', () => {
    const zeroed = (lost: Lost, regulation: Regulation): number[] =>
      parts(score(regulation, [lost], { change: { isZeroed: true, writtenCount: 5 } }))
    expect(zeroed({}, ANHUI)).toEqual([0, 0, 0, 0, 0, 0])
    const { timeliness } = ANHUI.dimensions
    const deep = { ...ANHUI, dimensions: { ...ANHUI.dimensions, timeliness: { ...timeliness, floor: -10_00 } } }
    expect(zeroed({ timeliness: 43_00 }, deep)).toEqual([-3_00, 0, 0, 0, 0, 0])
  })

  it('counts the bonuses of each month by its cap, and none of a month made zero', () => {
    const bonus = { ...SAMPLE_REGULATION.bonus, maxPerPeriod: 4_00 }
    const regulation = { ...SAMPLE_REGULATION, period: 'month', bonus } as const
    const days = ['2026-07-31', '2026-08-01', '2026-08-31', '2026-09-01'] as const
    const bonuses = days.map((day) => makeBonus({ kind: 'instruction_city', awardedOn: on(day) }))
    // 3, 3 + 3 → 4, 3: 10 ÷ 3
    expect(score(regulation, [{}, {}, {}], { bonuses })).toMatchObject({ bonus: 3_33, score: 103_33 })
    expect(score(regulation, [{}, {}, {}], { bonuses, change: { isZeroed: true } })).toMatchObject({
      bonus: 0,
      score: 0,
    })
  })
})

describe('weights', () => {
  it('count each dimension by its share, rounded once for the sum', () => {
    const regulation = weighted(33_33, 33_33, 33_34, 0, 0)
    // 0.3333 × 30 + 0.3333 × 20 + 0.3334 × 20 = 9.999 + 6.666 + 6.668 = 23.333
    expect(score(regulation, [{}]).score).toBe(23_33)
    expect(parts(score(regulation, [{}]))).toEqual([10_00, 6_66, 6_67, 0, 0, 0])
  })
})

describe('a bonus', () => {
  const bonuses = (['instruction_city', 'media', 'instruction_national'] as const).map((kind, index) =>
    makeBonus({ bonusCode: `B${index}`, kind, eventCode: index < 2 ? 'E1' : null }),
  )

  it('of one event counts by the highest where the rules say so, those of no event always', () => {
    const rules = { ...SAMPLE_REGULATION.bonus, maxPerPeriod: null }
    const of = (perEvent: 'all' | 'highest'): number =>
      score({ ...SAMPLE_REGULATION, bonus: { ...rules, perEvent } }, [{}], { bonuses }).bonus
    expect([of('all'), of('highest')]).toEqual([9_00, 8_00])
    const lower = bonuses.toReversed()
    const highest = { ...SAMPLE_REGULATION, bonus: { ...rules, perEvent: 'highest' } } as const
    expect(score(highest, [{}], { bonuses: lower }).bonus).toBe(8_00)
  })

  it('stays within the cap of the total, and the grade goes by what is left without it', () => {
    const total = { floor: null, cap: 100_00 }
    const points = score({ ...SAMPLE_REGULATION, total }, [{ filing: 1_00 }], { bonuses })
    expect(points).toMatchObject({ bonus: 5_00, score: 100_00, scoreWithoutBonus: 99_00 })
    const held = score({ ...SAMPLE_REGULATION, total: { floor: 95_00, cap: null } }, [{ filing: 9_00 }])
    expect(held.score).toBe(95_00)
  })
})

describe('an average over items', () => {
  it('is what they and the bonuses scored less the deductions, by their number; by one where there is none', () => {
    const of = (itemCount: number, itemPoints: number, lost: number): number =>
      score(MEIZHOU, [{ truthfulness: lost }], { change: { itemCount, itemPoints } }).score
    expect([of(4, 13_00, 0), of(2, 5_01, 0), of(1, 0, 10_00), of(0, 0, 10_00)]).toEqual([3_25, 2_51, -10_00, -10_00])
    expect(of(3, 0, 1)).toBe(0)
    const bonuses = [makeBonus({ kind: 'instruction_city' })]
    const points = score(MEIZHOU, [{}], { bonuses, change: { itemCount: 2, itemPoints: 5_00 } })
    expect(points).toMatchObject({ score: 4_00, scoreWithoutBonus: 2_50, bonus: 3_00, workload: 0 })
  })
})

describe('workload', () => {
  it('is full at so many things, in proportion below, and counts uses where the rules say so', () => {
    const of = (writtenCount: number, itemCount: number, counts: 'adoptions' | 'written_first_reports'): number => {
      const workload = { clause: '4', counts, max: 20_00, fullAt: 3 }
      const [one] = emptyPeriods(SAMPLE_REGULATION)
      if (one === undefined) throw new RangeError('no period')
      const periods = [{ ...one, writtenCount, itemCount }]
      return scorePeriods({ periods, bonuses: [], regulation: { ...SAMPLE_REGULATION, workload } }).workload
    }
    expect([0, 1, 2, 3, 4].map((count) => of(count, 9, 'written_first_reports'))).toEqual([
      0, 6_67, 13_33, 20_00, 20_00,
    ])
    expect(of(9, 1, 'adoptions')).toBe(6_67)
  })
})
