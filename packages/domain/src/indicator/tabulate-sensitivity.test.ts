import { describe, expect, it } from 'vitest'
import { tabulateSensitivity, type SensitivityInput } from './tabulate-sensitivity.ts'

const BASE = { timeliness: 30, completeness: 20, truthfulness: 20, discipline: 20, filing: 10 }

function unit(lost: Partial<typeof BASE>, bonus = 0): SensitivityInput {
  const dimensions = {
    timeliness: 30 - (lost.timeliness ?? 0),
    completeness: 20 - (lost.completeness ?? 0),
    truthfulness: 20 - (lost.truthfulness ?? 0),
    discipline: 20 - (lost.discipline ?? 0),
    filing: 10 - (lost.filing ?? 0),
  }
  return { dimensions, bonus, score: Object.values(dimensions).reduce((sum, points) => sum + points, bonus) }
}

describe('how places hang on weights', () => {
  it('bounds each place while every weight may be a fifth off', () => {
    const rows = tabulateSensitivity([unit({}), unit({ timeliness: 9 }), unit({ filing: 10 })], BASE)?.rows
    // Losing 9 of 30 and 10 of 10 are close: 9 · 1.2 > 10 · 0.8.
    expect(rows?.map(({ range }) => range)).toEqual([
      { low: 1, high: 1 },
      { low: 2, high: 3 },
      { low: 2, high: 3 },
    ])
    expect(rows?.map(({ rank }) => rank)).toEqual([1, 2, 3])
  })

  it('ranks with equal weights and with each dimension left out', () => {
    const found = tabulateSensitivity([unit({ filing: 5 }), unit({ timeliness: 6 })], BASE)
    expect(found?.dimensions).toHaveLength(5)
    // Half of the forms weighs more than a fifth of the reports once both are worth 20.
    expect(found?.rows).toMatchObject([
      { rank: 1, equalRank: 2, withoutRank: { filing: 1, timeliness: 2, discipline: 1 } },
      { rank: 2, equalRank: 1, withoutRank: { filing: 2, timeliness: 1, discipline: 2 } },
    ])
  })

  it('gives equal scores one place', () => {
    const rows = tabulateSensitivity(
      [unit({}), unit({ filing: 1 }), unit({ discipline: 1 }), unit({ filing: 9 })],
      BASE,
    )
    expect(rows?.rows.map(({ rank }) => rank)).toEqual([1, 2, 2, 4])
    expect(tabulateSensitivity([], BASE)?.rows).toEqual([])
  })

  it('says nothing where the score is not the sum of its parts, or one part is all there is', () => {
    expect(tabulateSensitivity([{ ...unit({}, 3), score: 100 }], BASE)).toBeNull()
    const single = { timeliness: 100, completeness: 0, truthfulness: 0, discipline: 0, filing: 0 }
    expect(tabulateSensitivity([{ score: 100, bonus: 0, dimensions: single }], single)).toBeNull()
  })
})
