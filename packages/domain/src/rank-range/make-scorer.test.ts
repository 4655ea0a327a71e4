import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toQuarter } from '../calendar/quarter.ts'
import { assessUnit } from '../league/assess-unit.ts'
import { roundHalfUp } from '../ratio/round.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { REGULATION_SAMPLES } from '../regulation/samples/samples.ts'
import { arbitraryFacts, arbitraryMomentOf } from '../testing/arbitrary-facts.ts'
import { lossesOf } from '../testing/make-group.ts'
import { makeScorer } from './make-scorer.ts'

const quarter = toQuarter('2026Q3')

describe('the score of a tally', { timeout: 60_000 }, () => {
  const cases = arbitraryFacts.chain((facts) =>
    fc.tuple(fc.constant(facts), arbitraryMomentOf(facts), fc.constantFrom(...REGULATION_SAMPLES)),
  )

  it('is that of the quarter under every sample method, and so is what was lost', () => {
    fc.assert(
      fc.property(cases, ([facts, asOf, regulation]) => {
        const { lost, score, tally } = assessUnit(facts, { quarter, asOf, regulation, holidays: SAMPLE_HOLIDAYS })
        const losses = lossesOf([tally])
        const scorer = makeScorer([tally], regulation, tally.periods.length)
        if (score !== null) expect(roundHalfUp(scorer.score(0, losses))).toBe(score)
        expect(losses.reduce((sum, one) => sum + one, 0)).toBe(Object.values(lost).reduce((sum, one) => sum + one, 0))
        for (const { chances, faults } of tally.periods) {
          for (const { code, count } of faults) {
            if (code === 'written_late' || code === 'written_missing')
              expect(count).toBeLessThanOrEqual(chances.written)
            if (code === 'element_missing') expect(count).toBeLessThanOrEqual(chances.elements)
            if (code === 'follow_up_missed') expect(count).toBeLessThanOrEqual(chances.follow_up)
            if (code === 'filing_late') expect(count).toBeLessThanOrEqual(chances.filing)
          }
        }
      }),
      { numRuns: 1500 },
    )
  })
})
