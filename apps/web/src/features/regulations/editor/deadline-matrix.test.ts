import { CATEGORIES, findDeadline, LEVELS, REGULATION_SAMPLES, SAMPLE_REGULATION, TIERS } from '@zhidu/domain'
import { arbitraryRegulation } from '@zhidu/domain/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clausesIn, fromMatrix, LIMITS, toMatrix, valueIn, withCells } from './deadline-matrix.ts'

const WRITTEN = { stage: 'first', channel: 'written' } as const

/** What every level, category and tier owes under some rules. */
function tableOf(deadlines: Parameters<typeof toMatrix>[0]) {
  return LIMITS.flatMap((limit) =>
    LEVELS.flatMap((level) =>
      CATEGORIES.flatMap((category) =>
        TIERS.map((tier) => {
          const rule = findDeadline({ deadlines }, limit, level, category, tier)
          return rule === undefined ? null : [rule.limitSeconds, rule.clause]
        }),
      ),
    ),
  )
}

describe('a matrix of limits', () => {
  it.each(REGULATION_SAMPLES.map((one) => [one.id, one] as const))('says of %s what its rules say', (_, one) => {
    const again = LIMITS.flatMap((limit) => fromMatrix(toMatrix(one.deadlines, limit), limit))
    expect(tableOf(again)).toEqual(tableOf(one.deadlines))
    expect(again.length).toBeLessThanOrEqual(LIMITS.length * LEVELS.length * CATEGORIES.length * TIERS.length)
  })

  it('says of any method what its rules say, and comes back the same from its own rules', () => {
    fc.assert(
      fc.property(arbitraryRegulation, ({ deadlines }) => {
        const again = LIMITS.flatMap((limit) => fromMatrix(toMatrix(deadlines, limit), limit))
        expect(tableOf(again)).toEqual(tableOf(deadlines))
        expect(LIMITS.flatMap((limit) => fromMatrix(toMatrix(again, limit), limit))).toEqual(again)
      }),
      { numRuns: 40 },
    )
  })

  it('changes the cells named and no other, and a limit taken out is owed no more', () => {
    const matrix = toMatrix(SAMPLE_REGULATION.deadlines, WRITTEN)
    const where = { level: 'II', categories: [CATEGORIES[0]], tiers: TIERS } as const
    const [clause = ''] = clausesIn(matrix, 'II', CATEGORIES, TIERS)
    const changed = withCells(matrix, where, () => ({ limitSeconds: 1_234, clause }))
    const rules = fromMatrix(changed, WRITTEN)
    for (const level of LEVELS) {
      for (const category of CATEGORIES) {
        const isChanged = level === 'II' && category === CATEGORIES[0]
        const before = findDeadline(SAMPLE_REGULATION, WRITTEN, level, category, 'city')?.limitSeconds
        const after = findDeadline({ deadlines: rules }, WRITTEN, level, category, 'city')?.limitSeconds
        expect(after).toBe(isChanged ? 1_234 : before)
      }
    }
    const without = fromMatrix(
      withCells(matrix, where, () => null),
      WRITTEN,
    )
    expect(findDeadline({ deadlines: without }, WRITTEN, 'II', CATEGORIES[0], 'city')).toBeUndefined()
  })

  it('keeps a clause of its own at each limit, and says where several stand together', () => {
    const matrix = toMatrix(SAMPLE_REGULATION.deadlines, WRITTEN)
    const [first, second] = CATEGORIES
    const where = { level: 'III', categories: [first], tiers: TIERS } as const
    const changed = withCells(matrix, where, (cell) => (cell === undefined ? null : { ...cell, clause: 'own' }))
    const again = toMatrix(fromMatrix(changed, WRITTEN), WRITTEN)
    expect(clausesIn(again, 'III', [first], TIERS)).toEqual(['own'])
    expect(clausesIn(again, 'III', [second], TIERS)).toEqual(clausesIn(matrix, 'III', [second], TIERS))
    expect(clausesIn(again, 'III', CATEGORIES, TIERS)).toHaveLength(2)
    expect(valueIn(again, 'III', [first, second], TIERS)).toBe(valueIn(matrix, 'III', [first, second], TIERS))
  })
})
