import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MEIZHOU } from '../regulation/samples/meizhou.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { arbitraryRecord, type DutyRecord, makeTable, makeTally } from '../testing/make-group.ts'
import { groupSeed } from './group-seed.ts'
import { listEnds, pairCertainty } from './lists.ts'
import type { GroupRanges, UnitRange } from './rank-range.ts'
import { drawCountFor, redrawRanks, wordOf } from './redraw-ranks.ts'

const FEW = { draws: 200 }
const PERFECT: DutyRecord = { events: 20, late: 0, gaps: 0, checks: 6, absent: 0 }

function redraw(records: readonly DutyRecord[], options: Parameters<typeof redrawRanks>[2] = FEW): GroupRanges {
  return redrawRanks(makeTable(records.map(makeTally), SAMPLE_REGULATION), SAMPLE_REGULATION, options)
}

function rangeOf({ ranges }: GroupRanges, unitCode: string): UnitRange {
  const found = ranges.find((one) => one.unitCode === unitCode)
  if (found === undefined) throw new RangeError(unitCode)
  return found
}

const plain = ({ pair: _, ...rest }: GroupRanges): object => rest
const groups = (minLength: number) => fc.array(arbitraryRecord, { minLength, maxLength: 12 })

describe('the ranges of a table (docs/indicators/rank-range.md)', { timeout: 60_000 }, () => {
  it('are the same for the same data, whatever the order of the units', () => {
    const shuffled = groups(2).chain((records) => {
      const table = makeTable(records.map(makeTally), SAMPLE_REGULATION)
      return fc.tuple(fc.constant(table), fc.shuffledSubarray(table, { minLength: table.length }))
    })
    fc.assert(
      fc.property(shuffled, ([table, other]) => {
        const [first, second] = [table, other].map((units) => redrawRanks(units, SAMPLE_REGULATION, FEW))
        for (const one of first?.ranges ?? []) {
          const { aboveNext: _a, ...range } = one
          const { aboveNext: _b, ...same } = rangeOf(second as GroupRanges, one.unitCode)
          expect(same).toEqual(range)
        }
        expect(second?.seed).toBe(first?.seed)
      }),
      { numRuns: 40 },
    )
  })

  it('hold the official and the expected place, and their probabilities are of places', () => {
    fc.assert(
      fc.property(groups(2), (records) => {
        const { ranges, rankability } = redraw(records)
        expect(ranges).toHaveLength(records.length)
        for (const one of ranges) {
          expect(one.low).toBeGreaterThanOrEqual(1)
          expect(one.low).toBeLessThanOrEqual(one.rank)
          expect(one.high).toBeGreaterThanOrEqual(one.rank)
          expect(one.high).toBeLessThanOrEqual(records.length)
          expect(one.expectedRank).toBeGreaterThanOrEqual(1)
          expect(one.expectedRank).toBeLessThanOrEqual(records.length)
          expect(one.certainLow).toBeLessThanOrEqual(one.rank)
          expect(one.certainHigh).toBeGreaterThanOrEqual(one.rank)
          expect(one.trueScore.low).toBeLessThanOrEqual(one.trueScore.high)
          if (one.fair !== null) expect(Number.isFinite(one.fair.shrunkRatio + one.fair.expectedRank)).toBe(true)
        }
        // Somebody is first, and somebody last; a quarter of them stands in each quarter.
        const sum = (pick: (one: UnitRange) => number): number => ranges.reduce((total, one) => total + pick(one), 0)
        const quarter = Math.max(1, Math.floor(records.length / 4))
        expect([sum((one) => one.first), sum((one) => one.last)].map((one) => one.toFixed(6))).toEqual([
          '1.000000',
          '1.000000',
        ])
        expect(sum((one) => one.topQuarter)).toBeCloseTo(quarter, 6)
        expect(sum((one) => one.bottomQuarter)).toBeCloseTo(quarter, 6)
        expect(sum((one) => one.expectedRank)).toBeCloseTo((records.length * (records.length + 1)) / 2, 6)
        expect(rankability === null || (rankability >= 0 && rankability <= 1)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('are the same for units alike in everything', () => {
    fc.assert(
      fc.property(groups(1), arbitraryRecord, (records, twin) => {
        const group = redraw([twin, ...records, twin])
        const last = `U${String(records.length + 1).padStart(3, '0')}`
        const { aboveNext: _a, unitCode: _c, ...one } = rangeOf(group, 'U000')
        expect(rangeOf(group, last)).toMatchObject(one)
        expect(group.pair('U000', last) + group.pair(last, 'U000')).toBeCloseTo(1, 9)
      }),
      { numRuns: 40 },
    )
  })

  it('never put a unit in a better place for one more fault, but for what the draws leave open', () => {
    const cases = fc.tuple(groups(3), fc.constantFrom('late', 'gaps', 'absent' as const))
    fc.assert(
      fc.property(cases, ([records, kind]) => {
        const [first, ...others] = records
        if (first === undefined) return
        const worse = { ...first, events: first.events + 1, checks: first.checks + 1, [kind]: first[kind] + 1 }
        const same = { ...first, events: worse.events, checks: worse.checks }
        const common = { draws: 1000, seed: 'common' }
        const before = rangeOf(redraw([same, ...others], common), 'U000').expectedRank
        const after = rangeOf(redraw([worse, ...others], common), 'U000').expectedRank
        // Three standard errors of a mean of so many places.
        const error = ((3 * records.length) / Math.sqrt(12 * common.draws)) * Math.SQRT2
        expect(after).toBeGreaterThanOrEqual(before - error)
      }),
      { numRuns: 25 },
    )
  })

  it('are those of this group: other data, other seed; the rules are part of it', () => {
    const [one, two] = [PERFECT, { ...PERFECT, late: 1 }].map(makeTally)
    if (one === undefined || two === undefined) throw new RangeError('no tally')
    const seed = groupSeed([one, two], SAMPLE_REGULATION)
    expect(groupSeed([two, one], SAMPLE_REGULATION)).toBe(seed)
    expect(groupSeed([one, one], SAMPLE_REGULATION)).not.toBe(seed)
    expect(groupSeed([one, two], { ...SAMPLE_REGULATION, version: 'next' })).not.toBe(seed)
  })
})

describe('small and even tables', () => {
  it('have no range for nobody, nor for one alone', () => {
    for (const records of [[], [PERFECT]]) {
      const group = redraw(records)
      expect(group).toMatchObject({ ranges: [], rankability: null, word: null, bandCount: null, codes: [] })
      expect(() => group.pair('U000', 'U001')).toThrow(RangeError)
      expect(listEnds(group)).toEqual({ praise: [], criticism: [] })
    }
  })

  it('worked example: two units, one faultless: a range of two places, no bands', () => {
    const group = redraw([{ ...PERFECT, late: 6 }, PERFECT], { draws: 2000 })
    const [best, worst] = group.ranges
    expect([best?.unitCode, best?.low, best?.band, worst?.aboveNext]).toEqual(['U001', 1, null, null])
    expect(group.pair('U001', 'U000')).toBeGreaterThan(0.9)
    expect(worst?.fair).toMatchObject({ rank: 2, lost: 12_00, ratio: 2, reasons: [] })
    expect(worst?.fair?.expectedLoss).toBeCloseTo(6_00, 6)
    expect(best?.fair).toMatchObject({ rank: 1, lost: 0, ratio: 0 })
    expect(
      [worst?.fair?.shrunkRatio, best?.fair?.shrunkRatio].every((one) => one !== undefined && one > 0 && one < 2),
    ).toBe(true)
    expect([best?.certainLow, best?.certainHigh]).toEqual([1, 1])
    expect(plain(group)).toMatchObject({ rankability: null, word: null, bandCount: null, codes: ['written_late'] })
  })

  it('without any fault say nothing about order: every place is open to all, one band, rankability 0', () => {
    const group = redraw(Array.from({ length: 8 }, (_, unit) => ({ ...PERFECT, events: 5 + unit })))
    expect(group).toMatchObject({ rankability: 0, word: 'cannot_rank', bandCount: 1, codes: [] })
    for (const one of group.ranges) {
      expect([one.rank, one.low, one.high, one.certainLow, one.certainHigh, one.fair]).toEqual([1, 1, 8, 1, 8, null])
    }
    expect(listEnds(group)).toEqual({ praise: [], criticism: [] })
    expect(group.pair('U000', 'U000')).toBe(0.5)
  })

  it('of one unit far behind others alike do not rank, for there is no order among the others', () => {
    const rest = Array.from({ length: 7 }, () => ({ ...PERFECT, events: 300, checks: 30 }))
    const group = redraw([...rest, { ...PERFECT, events: 300, checks: 30, late: 12, gaps: 18, absent: 4 }], {
      draws: 1000,
    })
    // Seven in the middle of their seven places and one on its own: 1.75 of 5.25.
    expect(group.rankability).toBeCloseTo(1 / 3, 1)
    expect(group.word).toBe('cannot_rank')
    expect(group.ranges.at(-1)?.expectedRank).toBeCloseTo(8, 1)
  })

  it('of far apart units rank well, name first and last, and cut bands between them', () => {
    const events = 400
    const lates = [0, 1, 1, 2, 2, 2, 3, 180]
    const group = redraw(
      lates.map((late) => ({
        events,
        late: Math.min(late, 12),
        gaps: late > 100 ? 18 : 0,
        checks: 40,
        absent: late > 100 ? 4 : 0,
      })),
      { draws: 1000 },
    )
    expect(group.bandCount).toBeGreaterThan(1)
    const bands = group.ranges.map(({ band }) => band ?? 0)
    expect(bands).toEqual(bands.toSorted((a, b) => a - b))
    const worst = group.ranges.at(-1)
    expect([worst?.unitCode, worst?.certainLow]).toEqual(['U007', 8])
    const { criticism, praise } = listEnds(group)
    expect(criticism[1]).toMatchObject({ unitCode: 'U007', certainty: 'certain', isEnd: true })
    expect(praise[0]).toMatchObject({ unitCode: 'U000', isEnd: false })
    const [first] = group.ranges
    if (first === undefined || worst === undefined) throw new RangeError('no ranges')
    expect(pairCertainty(first, worst, 1)).toBe('certain')
    expect(pairCertainty(first, first, 0.8)).toBe('likely')
    expect(pairCertainty(first, first, 0.79)).toBe('cannot_tell')
  })
})

it('calls nobody last whose score is only the lowest', () => {
  const records = [0, 1, 1, 2, 2, 3, 3, 5].map((late) => ({ ...PERFECT, late }))
  const group = redraw(records)
  const worst = group.ranges.at(-1)
  expect([worst?.unitCode, worst?.rank, (worst?.certainLow ?? 8) < 8]).toEqual(['U007', 8, true])
  expect(listEnds(group).criticism.map(({ isEnd }) => isEnd)).toEqual([false, false, false])
})

it('cuts no band where the one above is truly above with less than 0.8', () => {
  const lates = [0, 0, 0, 1, 1, 1]
  const { bandCount, ranges } = redraw(
    lates.map((late) => ({ ...PERFECT, late })),
    { draws: 1000 },
  )
  const { aboveNext } = ranges[2] ?? {}
  expect([(aboveNext ?? 0) > 0.55, (aboveNext ?? 1) < 0.75, bandCount]).toEqual([true, true, 1])
})

describe('large tables', () => {
  it('are drawn fewer times, and pairs are told from means and spreads', () => {
    expect([1, 35, 200, 3000].map(drawCountFor)).toEqual([4000, 4000, 3000, 600])
    const records = Array.from({ length: 301 }, (_, unit) => ({ ...PERFECT, late: unit < 150 ? 0 : 7 }))
    const group = redraw(records, { draws: 60 })
    const [best, worst] = [group.ranges[0]?.unitCode ?? '', group.ranges.at(-1)?.unitCode ?? '']
    expect(group.pair(best, worst)).toBeGreaterThan(0.9)
    expect(group.pair(best, best)).toBe(0.5)
    const even = redraw(
      Array.from({ length: 301 }, () => PERFECT),
      { draws: 3 },
    )
    expect(even.pair('U000', 'U300')).toBe(0.5)
    // Nothing is drawn of a group without a fault: a bonus alone decides, and surely.
    const table = makeTable(
      Array.from({ length: 301 }, (_, unit) => ({ ...makeTally(PERFECT), bonus: unit === 7 ? 1_00 : 0 })),
      SAMPLE_REGULATION,
    )
    const paid = redrawRanks(table, SAMPLE_REGULATION, { draws: 3 })
    expect([paid.pair('U007', 'U000'), paid.pair('U000', 'U007')]).toEqual([1, 0])
  })
})

it('follows the average over items where the rules go by them', () => {
  const late = { ...PERFECT, late: 3 }
  const tallies = [late, PERFECT, PERFECT].map((one, unit) => ({
    ...makeTally(one),
    itemCount: [10, 10, 1][unit] ?? 0,
    itemPoints: [50_00, 50_00, 5_00][unit] ?? 0,
  }))
  const group = redrawRanks(makeTable(tallies, MEIZHOU), MEIZHOU, { draws: 500 })
  const [first, second, last] = group.ranges
  // Ten items share what is lost; where there is one, the same rate costs ten times as much.
  expect([first, second, last].map((one) => [one?.unitCode, one?.rank])).toEqual([
    ['U001', 1],
    ['U002', 1],
    ['U000', 3],
  ])
  expect(last?.fair?.lost).toBeCloseTo(60, 9)
  expect(second?.trueScore.low).toBeLessThan(first?.trueScore.low ?? 0)
})

it('says why a place among peers is another: by volume, by mix and by what was given besides, in points', () => {
  const records = [
    { ...PERFECT, late: 6 },
    { ...PERFECT, late: 2 },
    { ...PERFECT, events: 5 },
  ]
  const tallies = records.map((one, unit) => ({ ...makeTally(one), bonus: unit === 1 ? 3_00 : 0 }))
  const group = redrawRanks(makeTable(tallies, SAMPLE_REGULATION), SAMPLE_REGULATION, { draws: 60 })
  const pointsOf = (of: GroupRanges, kind: string): (number | null)[] =>
    ['U000', 'U001', 'U002'].map(
      (unitCode) => rangeOf(of, unitCode).fair?.reasons.find((one) => one.kind === kind)?.points ?? null,
    )
  // Eight lates of 2 points in 45 events: 7.11 of twenty, 1.78 of five, 5.33 on average; 3 points given are 1 on average.
  expect(pointsOf(group, 'volume').map((points) => points?.toFixed(2))).toEqual(['177.78', '177.78', '-355.56'])
  expect(pointsOf(group, 'extra').map((points) => points?.toFixed(2))).toEqual(['100.00', '-200.00', '100.00'])
  expect(pointsOf(group, 'mix')).toEqual([null, null, null])
  // Checks fail more often here than reports are late: whoever is checked more has the worse mix.
  const mixed = redraw([{ ...PERFECT, late: 2 }, PERFECT, { ...PERFECT, events: 5, checks: 30, absent: 12 }])
  const mix = pointsOf(mixed, 'mix').map((points) => points ?? 0)
  expect(mix[2]).toBeGreaterThan(0)
  expect(mix.reduce((sum, points) => sum + points, 0)).toBeCloseTo(0, 6)
})

it('says in words how far a table can be read as a ranking', () => {
  expect([0, 0.49, 0.5, 0.75, 0.76].map(wordOf)).toEqual([
    'cannot_rank',
    'cannot_rank',
    'with_care',
    'with_care',
    'well',
  ])
})
