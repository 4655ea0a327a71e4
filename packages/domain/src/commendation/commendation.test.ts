import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { LIST_STEPS, type ListStep, listStageOf, nextListSteps, refusesListStep } from './list-stage.ts'
import {
  isVetoed,
  type ListCandidate,
  type ListChoice,
  needsReason,
  type Probabilities,
  proposeList,
  refusesChoices,
} from './propose-lists.ts'

const unit = (unitCode: string, rank: number, change: Partial<ListCandidate> = {}): ListCandidate => ({
  unitCode,
  rank,
  isTied: false,
  activity: 10,
  isCommendable: true,
  hasMisreport: false,
  ...change,
})
const sure = { probability: 0.97, certainty: 'certain' as const, isEnd: false }
const unsure = { probability: 0.4, certainty: 'cannot_tell' as const, isEnd: false }
const CODES = ['A', 'B', 'C', 'D'] as const
const probabilities: Probabilities = new Map(CODES.map((code) => [code, code === 'C' ? unsure : sure]))
const listed = (unitCode: string, rank: number) => ({ unitCode, rank, ...sure })
const by = (praise: readonly string[], criticism: readonly string[] = [], minimumActivity = 5) => ({
  probabilities,
  minimumActivity,
  lists: { praise: praise.map((code) => listed(code, 1)), criticism: criticism.map((code) => listed(code, 4)) },
})

describe('whom the rules name', () => {
  it('keeps off praise who reported falsely, is not commendable or did too little, and says which', () => {
    const units = [
      unit('A', 1, { isTied: true, hasMisreport: true, isCommendable: false }),
      unit('B', 1, { isTied: true, isCommendable: false }),
      unit('C', 1, { activity: 4 }),
      unit('D', 1, { activity: 5 }),
    ]
    const found = proposeList('praise', units, by(CODES))
    expect(found.map(({ barrier, isProposed }) => [barrier, isProposed])).toEqual([
      ['misreport', false],
      ['not_commendable', false],
      ['inactive', false],
      [null, true],
    ])
    expect(found[0]).toMatchObject({ isTied: true, probability: 0.97, certainty: 'certain' })
  })

  it('criticises who reported falsely all the same, and nobody of too little activity or of whom nothing is known', () => {
    const units = [
      unit('A', 4, { hasMisreport: true, isCommendable: false }),
      unit('B', 4, { activity: 0 }),
      unit('E', 4),
    ]
    const found = proposeList('criticism', units, by([], ['A', 'B', 'E']))
    expect(found.map(({ isProposed, unitCode }) => [unitCode, isProposed])).toEqual([
      ['A', true],
      ['B', false],
    ])
  })
})

const PROPOSED = {
  praise: proposeList(
    'praise',
    [unit('A', 1), unit('B', 2), unit('C', 3), unit('D', 4, { hasMisreport: true })],
    by(['A']),
  ),
  criticism: proposeList('criticism', [unit('A', 1), unit('B', 2), unit('C', 3), unit('D', 4)], by([], ['C', 'D'])),
}
const choose = (kind: ListChoice['kind'], unitCode: string, isNamed = true, reason: string | null = null) => ({
  kind,
  unitCode,
  isNamed,
  reason,
})
const PLAIN = [choose('praise', 'A'), choose('criticism', 'C', true, '因'), choose('criticism', 'D')]

describe('what a person chooses', () => {
  it('stands as proposed, with a reason where it cannot be told', () => {
    expect(refusesChoices(PROPOSED, PLAIN)).toBeNull()
    expect(refusesChoices(PROPOSED, [...PLAIN, choose('praise', 'B', true, '表现突出')])).toBeNull()
  })

  it.each([
    ['reason_missing', [choose('praise', 'A'), choose('criticism', 'C'), choose('criticism', 'D')], 'C'],
    ['reason_missing', [...PLAIN, choose('praise', 'B')], 'B'],
    ['reason_missing', [choose('praise', 'A', false)], 'A'],
    ['vetoed', [...PLAIN.slice(0, 2), choose('praise', 'D', true, '仍然表扬')], 'D'],
    ['both', [...PLAIN, choose('criticism', 'A', true, '因')], 'A'],
    ['twice', [...PLAIN, choose('praise', 'A', false, '因')], 'A'],
    ['unknown', [choose('praise', 'X')], 'X'],
    ['not_all', PLAIN.slice(0, 2), 'D'],
    ['not_all', PLAIN.slice(1), 'A'],
  ] as const)('is refused as %s', (refusal, choices, unitCode) => {
    expect(refusesChoices(PROPOSED, choices)).toEqual({ refusal, unitCode })
  })

  it('never praises against a veto, whatever is tried, and never without a reason where one is needed', () => {
    const tried = fc.array(
      fc.record({
        kind: fc.constantFrom('praise' as const, 'criticism' as const),
        unitCode: fc.constantFrom(...CODES),
        isNamed: fc.boolean(),
        reason: fc.constantFrom(null, '因'),
      }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(tried, (extra) => {
        const own = new Set(extra.map(({ kind, unitCode }) => `${kind}/${unitCode}`))
        const choices = [...PLAIN.filter(({ kind, unitCode }) => !own.has(`${kind}/${unitCode}`)), ...extra]
        if (refusesChoices(PROPOSED, choices) !== null) return
        for (const { isNamed, kind, reason, unitCode } of choices) {
          const found = PROPOSED[kind].find((one) => one.unitCode === unitCode)
          expect(found !== undefined && (!isNamed || !isVetoed(kind, found))).toBe(true)
          expect(reason !== null || found === undefined || !needsReason(found, isNamed)).toBe(true)
        }
        const named = choices.filter(({ isNamed }) => isNamed).map(({ unitCode }) => unitCode)
        expect(new Set(named).size).toBe(named.length)
      }),
    )
  })
})

describe('the steps of the lists', () => {
  const step = (kind: ListStep['kind'], by = 'a', hasNote = true): ListStep => ({ kind, by, hasNote })

  it.each([
    [[], step('decided', 'a', false), null],
    [[], step('confirmed', 'b'), 'not_now'],
    [[step('decided')], step('confirmed', 'a'), 'same_person'],
    [[step('decided')], step('confirmed', 'b', false), null],
    [[step('decided')], step('returned', 'a', false), 'note_missing'],
    [[step('decided')], step('returned', 'a'), null],
    [[step('decided')], step('decided', 'b'), 'not_now'],
    [[step('decided'), step('returned', 'b')], step('decided', 'a', false), null],
    [[step('decided'), step('confirmed', 'b')], step('decided', 'a', false), 'note_missing'],
    [[step('decided'), step('confirmed', 'b')], step('decided', 'a'), null],
  ] as const)('%j then %j: %s', (steps, next, refusal) => {
    expect(refusesListStep(steps, next)).toBe(refusal)
  })

  it('stand confirmed only by two people, whatever is tried in whatever order', () => {
    const tried = fc.array(
      fc.record({ kind: fc.constantFrom(...LIST_STEPS), by: fc.constantFrom('a', 'b'), hasNote: fc.boolean() }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(tried, (some) => {
        const steps: ListStep[] = []
        for (const next of some) {
          const stage = listStageOf(steps)
          if (refusesListStep(steps, next) !== null) continue
          expect(nextListSteps(stage)).toContain(next.kind)
          steps.push(next)
        }
        for (const [index, { by: who, kind }] of steps.entries()) {
          if (kind !== 'confirmed') continue
          expect(steps[index - 1]?.kind).toBe('decided')
          expect(steps[index - 1]?.by).not.toBe(who)
        }
      }),
    )
  })
})
