import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  explainMove,
  MOVE_FACTORS,
  type MoveExplanation,
  type MoveFactor,
  type MoveScores,
  roundShares,
} from './explain-move.ts'

type Score = number | null

function unit(unitCode: string, scores: readonly [Score, Score, Score, Score], was = true, is = true): MoveScores {
  const [oldOld, oldNew, newOld, newNew] = scores
  return {
    unitCode,
    before: { oldRules: oldOld, newRules: oldNew },
    now: { oldRules: newOld, newRules: newNew },
    wasMember: was,
    isMember: is,
  }
}

/** The same score under both rules. */
function plain(unitCode: string, before: Score, now: Score, was = true, is = true): MoveScores {
  return unit(unitCode, [before, before, now, now], was, is)
}

function explain(units: readonly MoveScores[]): MoveExplanation {
  const outcome = explainMove('U', units)
  if (outcome.kind !== 'explained') throw new RangeError(outcome.obstacle)
  return outcome.explanation
}

const score = fc.option(fc.integer({ min: 0, max: 6 }), { freq: 6 })
const scores = fc.tuple(score, score, score, score)
const measured = fc.integer({ min: 0, max: 6 })
const own = fc.tuple(measured, score, score, measured).map((all) => unit('U', all))
const arbitraryGroup = fc
  .tuple(own, fc.array(fc.tuple(scores, fc.boolean(), fc.boolean()), { maxLength: 8 }))
  .map(([self, others]) => [self, ...others.map(([all, was, is], index) => unit(`V${index}`, all, was, is))])

/** By the definition: every order of the factors, one change after another, on tables sorted anew. */
function bruteForce(units: readonly MoveScores[]): { gain: number; shares: Record<MoveFactor, number> } {
  const placeOf = (changed: ReadonlySet<MoveFactor>): number => {
    const table = units
      .filter((one) => one.unitCode === 'U' || (changed.has('members') ? one.isMember : one.wasMember))
      .map((one) => {
        const facts = changed.has(one.unitCode === 'U' ? 'own' : 'others') ? one.now : one.before
        return { code: one.unitCode, score: changed.has('rules') ? facts.newRules : facts.oldRules }
      })
    const mine = table.find(({ code }) => code === 'U')?.score ?? null
    const ranked = table.flatMap((one) => one.score ?? []).toSorted((a, b) => b - a)
    return mine === null ? ranked.length + 1 : ranked.indexOf(mine) + 1
  }
  const orders = (left: readonly MoveFactor[]): MoveFactor[][] =>
    left.length === 0
      ? [[]]
      : left.flatMap((one) => orders(left.filter((x) => x !== one)).map((rest) => [one, ...rest]))
  const shares = { own: 0, others: 0, rules: 0, members: 0 }
  for (const order of orders(MOVE_FACTORS)) {
    order.forEach((factor, index) => {
      const before = new Set(order.slice(0, index))
      shares[factor] += placeOf(before) - placeOf(new Set([...before, factor]))
    })
  }
  return { gain: placeOf(new Set()) - placeOf(new Set(MOVE_FACTORS)), shares }
}

describe('the shares of a move', { timeout: 60_000 }, () => {
  it('worked example: two places lost to others, one won by itself, one by a peer that left', () => {
    const units = [
      plain('U', 90, 92),
      plain('A', 91, 91),
      plain('B', 80, 95),
      plain('C', 70, 96),
      plain('D', 99, 99, true, false),
    ]
    // Third before (D 99, A 91), third now (C 96, B 95).
    expect(explain(units)).toMatchObject({ before: 3, now: 3, gain: 0 })
    expect(explain(units).places).toEqual({ own: 1, others: -2, rules: 0, members: 1 })
    expect(explain(units).shares).toEqual({ own: 24, others: -48, rules: 0, members: 24 })
  })

  it('are those of the definition, and sum exactly', () => {
    fc.assert(
      fc.property(arbitraryGroup, (units) => {
        const { gain, places, shares } = explain(units)
        expect({ gain, shares }).toEqual(bruteForce(units))
        expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBe(24 * gain)
        expect(Object.values(places).reduce((sum, place) => sum + place, 0)).toBe(gain)
      }),
      { numRuns: 1000 },
    )
  })

  it('are nothing for what did not change', () => {
    fc.assert(
      fc.property(arbitraryGroup, fc.subarray([...MOVE_FACTORS]), (units, still) => {
        const frozen = units.map((one) => {
          const isStill = still.includes(one.unitCode === 'U' ? 'own' : 'others')
          const now = isStill ? one.before : one.now
          const same = (facts: MoveScores['now']) =>
            still.includes('rules') ? { oldRules: facts.oldRules, newRules: facts.oldRules } : facts
          const isMember = still.includes('members') ? one.wasMember : one.isMember
          return { ...one, before: same(one.before), now: same(now), isMember }
        })
        const outcome = explainMove('U', frozen)
        if (outcome.kind !== 'explained') return
        for (const factor of still) {
          expect(outcome.explanation.shares[factor]).toBe(0)
          expect(outcome.explanation.places[factor]).toBe(0)
        }
        if (still.length === 3) {
          const [only] = MOVE_FACTORS.filter((factor) => !still.includes(factor))
          expect(only && outcome.explanation.places[only]).toBe(outcome.explanation.gain)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('do not depend on the names or the order of the others', () => {
    fc.assert(
      fc.property(arbitraryGroup, fc.nat(100), (units, seed) => {
        const renamed = units.map((one, index) =>
          one.unitCode === 'U' ? one : { ...one, unitCode: `W${(index * 7 + seed) % 101}` },
        )
        expect(explain(renamed.toReversed())).toEqual(explain(units))
      }),
      { numRuns: 300 },
    )
  })

  it('put a unit that would not be measured after all who are', () => {
    const units = [unit('U', [90, null, 90, 90]), plain('A', 80, 80), plain('B', 85, 85)]
    expect(explain(units)).toMatchObject({ before: 1, now: 1, gain: 0, shares: { rules: -24, own: 24 } })
  })
})

describe('there is nothing to explain', () => {
  it.each([
    ['new', plain('U', 90, 90, false)],
    ['gone', plain('U', 90, 90, true, false)],
    ['not_measured_before', plain('U', null, 90)],
    ['not_measured_now', plain('U', 90, null)],
  ])('%s', (obstacle, self) => {
    expect(explainMove('U', [self])).toEqual({ kind: 'not_comparable', obstacle })
  })

  it('about a unit that is not there', () => {
    expect(() => explainMove('X', [plain('U', 1, 1)])).toThrow(RangeError)
  })
})

it('roundShares keeps the sum, gives what is left to the largest remainders, and leaves nothing at nothing', () => {
  expect(roundShares({ own: 8, others: 8, rules: 8, members: 0 })).toEqual({ own: 1, others: 0, rules: 0, members: 0 })
  expect(roundShares({ own: -8, others: 20, rules: -12, members: 0 })).toEqual({
    own: 0,
    others: 1,
    rules: -1,
    members: 0,
  })
})
