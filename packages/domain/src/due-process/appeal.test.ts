import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { on } from '../testing/make-facts.ts'
import {
  APPEAL_STEPS,
  type AppealContext,
  appealStateOf,
  type AppealStep,
  isAppealOpen,
  nextAppealSteps,
  refusesAppealStep,
} from './appeal.ts'

const CONTEXT: AppealContext = {
  today: on('2026-10-15'),
  isDraftOut: true,
  lastDay: on('2026-10-15'),
  hasDeduction: true,
  isFinder: false,
  isDecider: false,
}
const KEPT = [{ kind: 'kept' }] as const
const ACCEPTED = [...KEPT, { kind: 'submitted' }, { kind: 'accepted' }] as const

describe('an appeal', () => {
  it.each([
    ['after the last day', KEPT, 'submitted', { today: on('2026-10-16') }, 'too_late'],
    ['without a draft that is out', KEPT, 'submitted', { isDraftOut: false }, 'not_open'],
    ['against what is no deduction any more', KEPT, 'submitted', { hasDeduction: false }, 'deduction_gone'],
    ['decided by who made the check', ACCEPTED, 'rejected', { isFinder: true }, 'found_it'],
    ['decided by who decided the case', ACCEPTED, 'upheld', { isDecider: true }, 'decided_case'],
    ['upheld against nothing', ACCEPTED, 'upheld', { hasDeduction: false }, 'deduction_gone'],
    ['decided before it was taken up', [...KEPT, { kind: 'submitted' }], 'upheld', {}, 'not_now'],
  ] as const)('is refused %s', (_what, steps, kind, change, refusal) => {
    expect(refusesAppealStep(steps, kind, { ...CONTEXT, ...change })).toBe(refusal)
  })

  it('is handed in on the last day, and while nobody can say which that is', () => {
    expect(refusesAppealStep(KEPT, 'submitted', CONTEXT)).toBeNull()
    expect(refusesAppealStep(KEPT, 'submitted', { ...CONTEXT, lastDay: null })).toBeNull()
  })

  it('keeps a text of the unit after the days are over, and rejects what is gone', () => {
    const late = { ...CONTEXT, today: on('2026-11-01'), hasDeduction: false }
    expect(refusesAppealStep(KEPT, 'kept', late)).toBeNull()
    expect(refusesAppealStep(ACCEPTED, 'rejected', late)).toBeNull()
  })

  it('offers each side its own steps', () => {
    expect(nextAppealSteps('kept', 'unit')).toEqual(['kept', 'submitted', 'withdrawn'])
    expect(nextAppealSteps('accepted', 'office')).toEqual(['upheld', 'rejected'])
  })

  it('is decided once, whatever is tried in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...APPEAL_STEPS)), (all) => {
        let steps: AppealStep[] = []
        for (const kind of all) if (refusesAppealStep(steps, kind, CONTEXT) === null) steps = [...steps, { kind }]
        const ends = steps.filter(({ kind }) => kind === 'upheld' || kind === 'rejected' || kind === 'withdrawn')
        expect(ends.length).toBeLessThan(2)
        expect(isAppealOpen(appealStateOf(steps)) && ends.length > 0).toBe(false)
      }),
    )
  })
})
