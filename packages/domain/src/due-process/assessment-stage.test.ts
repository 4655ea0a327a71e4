import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { on } from '../testing/make-facts.ts'
import {
  ASSESSMENT_STEPS,
  type AssessmentGate,
  assessmentStandingOf,
  type AssessmentStep,
  nextAssessmentSteps,
  refusesAssessmentStep,
} from './assessment-stage.ts'

const GATE: AssessmentGate = {
  versions: 0,
  today: on('2026-10-20'),
  lastOn: on('2026-09-30'),
  openAppeals: 0,
  marksAppeals: false,
  deciders: [],
}
const step = (kind: AssessmentStep['kind'], by = 'clerk', lastDay = on('2026-10-15')): AssessmentStep => ({
  kind,
  by,
  lastDay: kind === 'drafted' ? lastDay : null,
})
const DRAFT = [step('drafted')]

describe('the assessment of a quarter', () => {
  it('goes from open by a draft and two approvals to frozen and corrected', () => {
    const first = [...DRAFT, step('approved', 'a')]
    const both = [...first, step('approved', 'b')]
    expect([[], DRAFT, first, both].map((steps) => assessmentStandingOf(steps, 0).stage)).toEqual([
      'open',
      'draft',
      'half_approved',
      'approved',
    ])
    expect([1, 2].map((versions) => assessmentStandingOf(both, versions).stage)).toEqual(['frozen', 'corrected'])
    expect(assessmentStandingOf(both, 0)).toMatchObject({ approvers: ['a', 'b'], lastDay: '2026-10-15' })
  })

  it('forgets the approvals and the day of a draft that was returned', () => {
    const returned = [...DRAFT, step('approved', 'a'), step('returned', 'b')]
    expect(assessmentStandingOf(returned, 0)).toEqual({ stage: 'open', lastDay: null, approvers: [] })
    expect(assessmentStandingOf([...returned, step('drafted')], 0).approvers).toEqual([])
  })

  it.each([
    ['a draft before the quarter has ended', [], 'drafted', 'a', { today: on('2026-09-30') }, 'quarter_running'],
    ['an approval without a draft', [], 'approved', 'a', {}, 'not_now'],
    ['an approval on the last day for appeals', DRAFT, 'approved', 'a', { today: on('2026-10-15') }, 'appeals_running'],
    ['an approval with an appeal that is open', DRAFT, 'approved', 'a', { openAppeals: 1 }, 'appeals_open'],
    ['the second approval by the first', [...DRAFT, step('approved', 'a')], 'approved', 'a', {}, 'same_person'],
    [
      'two who both decided appeals',
      [...DRAFT, step('approved', 'a')],
      'approved',
      'b',
      { deciders: ['a', 'b'] },
      'both_decided',
    ],
    ['anything after the freeze', DRAFT, 'returned', 'a', { versions: 1 }, 'not_now'],
  ] as const)('refuses %s', (_what, steps, kind, by, change, refusal) => {
    expect(refusesAssessmentStep(steps, { kind, by }, { ...GATE, ...change })).toBe(refusal)
  })

  it('takes a draft after the end, an approval with marked appeals, and one decider beside somebody who is none', () => {
    expect(refusesAssessmentStep([], { kind: 'drafted', by: 'a' }, GATE)).toBeNull()
    expect(refusesAssessmentStep(DRAFT, { kind: 'returned', by: 'a' }, GATE)).toBeNull()
    const marked = { ...GATE, openAppeals: 2, marksAppeals: true }
    expect(refusesAssessmentStep(DRAFT, { kind: 'approved', by: 'a' }, marked)).toBeNull()
    const decided = { ...GATE, deciders: ['b'] }
    const half = [...DRAFT, step('approved', 'a')]
    expect(refusesAssessmentStep(half, { kind: 'approved', by: 'b' }, decided)).toBeNull()
  })

  it('never says that days are over when nobody can say the last one', () => {
    const open = [{ kind: 'drafted', by: 'clerk', lastDay: null }] as const
    expect(refusesAssessmentStep(open, { kind: 'approved', by: 'a' }, GATE)).toBe('appeals_running')
  })

  it('is approved by two people of whom one decided nothing, whatever is tried', () => {
    const tries = fc.array(fc.tuple(fc.constantFrom(...ASSESSMENT_STEPS), fc.constantFrom('a', 'b', 'c')))
    fc.assert(
      fc.property(tries, fc.subarray(['a', 'b', 'c']), (all, deciders) => {
        let steps: AssessmentStep[] = []
        for (const [kind, by] of all) {
          const next = step(kind, by)
          if (refusesAssessmentStep(steps, next, { ...GATE, deciders }) === null) steps = [...steps, next]
        }
        const { approvers, stage } = assessmentStandingOf(steps, 0)
        if (stage === 'approved') {
          expect(new Set(approvers).size).toBe(2)
          expect(approvers.every((one) => deciders.includes(one))).toBe(false)
        }
        expect(nextAssessmentSteps(stage).includes('approved')).toBe(stage === 'draft' || stage === 'half_approved')
      }),
    )
  })
})
