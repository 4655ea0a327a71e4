import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toPlainDate } from '../calendar/plain-date.ts'
import {
  isCompleteLead,
  isOpenLead,
  LEAD_STEPS,
  leadStandingOf,
  type LeadStep,
  type LeadStepKind,
  nextLeadSteps,
  refusesLeadStep,
} from './lead-case.ts'

const TODAY = toPlainDate('2026-08-17')
const LAST_DAY = toPlainDate('2026-08-20')
const LATER = toPlainDate('2026-08-21')
const step = (kind: LeadStepKind, more: Partial<LeadStep> = {}): LeadStep => ({ kind, on: TODAY, ...more })
const INQUIRED = step('inquired', { lastDay: LAST_DAY })

describe('a lead', () => {
  it('that says neither where nor when is matched with nothing and asked of nobody, but has an outcome all the same', () => {
    expect(isCompleteLead({ place: null, unitCode: null, occurredAt: null })).toBe(false)
    for (const one of [{ place: '青石镇' }, { unitCode: 'C01' }, { occurredAt: 0 }]) {
      expect(isCompleteLead({ place: null, unitCode: null, occurredAt: null, ...one })).toBe(true)
    }
    expect(leadStandingOf(false, [])).toEqual({ state: 'incomplete', turn: 'office', lastDay: null })
    expect(refusesLeadStep(false, [], step('matched'))).toBe('incomplete')
    expect(refusesLeadStep(false, [], INQUIRED)).toBe('incomplete')
    expect(nextLeadSteps(false, [], 'office')).toEqual(['out_of_scope', 'duplicate', 'false_lead'])
  })

  it('is matched on time or late', () => {
    expect(leadStandingOf(true, [step('matched', { timing: 'late' })]).state).toBe('late')
    expect(leadStandingOf(true, [step('matched', { timing: 'on_time' })])).toMatchObject({
      state: 'on_time',
      turn: null,
    })
  })

  it('goes on against a unit only after it explained, or its last day is over', () => {
    expect(refusesLeadStep(true, [], step('omitted'))).toBe('not_now')
    expect(leadStandingOf(true, [INQUIRED])).toEqual({ state: 'awaiting_explanation', turn: 'unit', lastDay: LAST_DAY })
    expect(leadStandingOf(true, [step('inquired')]).lastDay).toBeNull()
    expect(refusesLeadStep(true, [INQUIRED], step('omitted', { on: LAST_DAY }))).toBe('waits_for_explanation')
    expect(refusesLeadStep(true, [INQUIRED], step('omitted', { on: LATER }))).toBeNull()
    expect(refusesLeadStep(true, [step('inquired', { lastDay: null })], step('omitted', { on: LATER }))).toBe(
      'waits_for_explanation',
    )
    expect(refusesLeadStep(true, [INQUIRED, step('explained')], step('omitted'))).toBeNull()
  })

  it('is accepted as explained only when it was', () => {
    expect(refusesLeadStep(true, [INQUIRED], step('accepted', { on: LATER }))).toBe('not_now')
    expect(refusesLeadStep(true, [INQUIRED, step('explained')], step('accepted'))).toBeNull()
    expect(refusesLeadStep(true, [], step('explained'))).toBe('not_now')
  })

  it('is inquired about once at a time, and explained by the unit alone', () => {
    expect(refusesLeadStep(true, [INQUIRED], INQUIRED)).toBe('not_now')
    expect(nextLeadSteps(true, [INQUIRED], 'unit')).toEqual(['explained'])
    expect(nextLeadSteps(true, [], 'unit')).toEqual([])
    expect(nextLeadSteps(true, [], 'office')).toEqual([
      'matched',
      'inquired',
      'out_of_scope',
      'duplicate',
      'false_lead',
    ])
  })

  it('may be opened again, unless it became a case of its own', () => {
    expect(refusesLeadStep(true, [step('duplicate')], step('reopened'))).toBeNull()
    expect(leadStandingOf(true, [step('duplicate'), step('reopened')]).state).toBe('open')
    expect(refusesLeadStep(true, [step('omitted')], step('reopened'))).toBe('not_now')
    expect(refusesLeadStep(true, [], step('reopened'))).toBe('not_now')
    expect(refusesLeadStep(true, [step('false_lead')], step('matched'))).toBe('not_now')
  })

  it('has, whatever is tried in whatever order, an outcome or somebody whose turn it is, and never 漏报 unheard', () => {
    const tried = fc.array(
      fc.record({ kind: fc.constantFrom(...LEAD_STEPS), on: fc.constantFrom(TODAY, LAST_DAY, LATER) }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(tried, fc.boolean(), (attempts, isComplete) => {
        const taken: LeadStep[] = []
        for (const one of attempts) {
          const next: LeadStep = { ...one, ...(one.kind === 'inquired' && { lastDay: LAST_DAY }) }
          if (refusesLeadStep(isComplete, taken, next) === null) taken.push(next)
        }
        const { state, turn } = leadStandingOf(isComplete, taken)
        expect(isOpenLead(state)).toBe(turn !== null)
        const at = taken.findIndex(({ kind }) => kind === 'omitted')
        if (at < 0) return
        expect(at).toBe(taken.length - 1)
        const before = taken[at - 1]
        expect(before?.kind === 'explained' || (before?.kind === 'inquired' && taken[at]?.on === LATER)).toBe(true)
      }),
    )
  })
})
