import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, SECOND_MS, startOfLocalDay, type UnitAssessment } from '../../src/index.ts'
import { arbitraryMomentOf } from '../../src/testing/arbitrary-facts.ts'
import { on } from '../../src/testing/make-facts.ts'
import { assertLaw, assess, methodsFor, NOTHING_MORE, PATIENCE } from './law.ts'

/** After the last slot that an event left open for ever is counted for. */
const LONG_AFTER = startOfLocalDay(on('2031-01-01'))

function withoutMoment({ asOf: _asOf, steadyFrom: _from, steadyUntil: _until, ...rest }: UnitAssessment): object {
  return rest
}

describe('a unit’s quarter', () => {
  const METHODS = methodsFor(2)

  it.each(METHODS)(
    'stays the same for every moment from steadyFrom until steadyUntil (%s)',
    PATIENCE,
    (_name, method) => {
      assertLaw(
        method,
        ({ facts }) => fc.tuple(arbitraryMomentOf(facts), fc.nat(999)),
        (question, [other, ms]) => {
          const { asOf } = question
          const assessment = assess(question)
          const { steadyFrom, steadyUntil } = assessment
          expect(steadyFrom <= asOf && asOf < steadyUntil).toBe(true)
          const first = Math.max(steadyFrom, asOf - 90 * DAY_MS)
          const last = Math.min(steadyUntil - 1, asOf + 90 * DAY_MS)
          const moments = [first, last, Math.min(asOf + SECOND_MS, last), Math.min(Math.max(other + ms, first), last)]
          for (const moment of moments) {
            expect(withoutMoment(assess(question, question.facts, moment))).toEqual(withoutMoment(assessment))
          }
        },
      )
    },
  )

  it.each(METHODS)('is steady for ever once everything has been decided (%s)', PATIENCE, (_name, method) => {
    assertLaw(method, NOTHING_MORE, (question) => {
      expect(assess(question, question.facts, LONG_AFTER).steadyUntil).toBe(Infinity)
    })
  })
})
