import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReportFact } from '../facts/facts.ts'
import { at, makeReport } from '../testing/make-facts.ts'
import { selectJudgedRow } from './judged-row.ts'

const early = at('2026-07-03 14:00:00')
const late = at('2026-07-03 14:00:01')
const followUp = (sequence: number, learnedAt: number): ReportFact => {
  return makeReport({ stage: 'follow_up', sequence, learnedAt })
}
const final = (learnedAt: number): ReportFact => makeReport({ stage: 'final', learnedAt })

function expectJudged(rows: ReportFact[], expected: ReportFact): void {
  const orders = fc.shuffledSubarray(rows, { minLength: rows.length })
  fc.assert(
    fc.property(orders, (order) => selectJudgedRow(order) === expected),
    { numRuns: 30 },
  )
}

describe('the row an event is judged by', () => {
  it('is the first report, even learned last and never written', () => {
    const first = makeReport({ learnedAt: late })
    expectJudged([final(early), first, followUp(1, early)], first)
  })

  it('is without one the earliest learned', () => {
    const earliest = final(early)
    expectJudged([followUp(1, late), earliest, followUp(2, late)], earliest)
  })

  it('is at equal times the follow-up of the lowest sequence', () => {
    const lowest = followUp(2, early)
    expectJudged([followUp(10, early), lowest, final(early), followUp(1, late)], lowest)
  })

  it('needs a row', () => {
    expect(() => selectJudgedRow([])).toThrow(RangeError)
  })
})
