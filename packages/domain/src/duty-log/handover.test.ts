import { describe, expect, it } from 'vitest'
import {
  HANDOVER_EARLIEST_MS,
  type HandoverContext,
  type HandoverStep,
  type HandoverStepKind,
  handoverStateOf,
  listShiftChanges,
  refusesHandoverStep,
} from './handover.ts'

const AT = Date.parse('2026-10-01T08:00:00+08:00')
const DAY = 86_400_000
const CONTEXT: HandoverContext = { changeAt: AT, now: AT, open: ['e1'], offered: ['e1'] }

function step(kind: HandoverStepKind, person = 'a', openCount = 1): HandoverStep {
  return { kind, byId: person, byName: `name of ${person}`, openCount }
}

describe('a handover', () => {
  it('waits, is under way, and is done with or without something left over', () => {
    expect(handoverStateOf([])).toBe('pending')
    expect(handoverStateOf([step('prepared')])).toBe('pending')
    expect(handoverStateOf([step('offered')])).toBe('offered')
    expect(handoverStateOf([step('offered'), step('returned', 'b')])).toBe('pending')
    expect(handoverStateOf([step('offered'), step('taken', 'b', 0)])).toBe('done')
    expect(handoverStateOf([step('offered'), step('taken', 'b', 2)])).toBe('left_over')
  })

  it('is taken over by somebody else, by account and by name, with all that is open', () => {
    const offered = [step('offered')]
    const ask = (next: HandoverStep, context: Partial<HandoverContext> = {}) =>
      refusesHandoverStep(offered, next, { ...CONTEXT, ...context })
    expect(ask(step('taken', 'a'))).toBe('same_person')
    expect(ask({ ...step('taken', 'b'), byName: 'name of a' })).toBe('same_person')
    expect(ask(step('taken', 'b'), { open: ['e1', 'e2'] })).toBe('list_changed')
    expect(ask(step('taken', 'b'), { open: [] })).toBeNull()
    expect(ask(step('taken', 'b'))).toBeNull()
    expect(ask(step('returned', 'b'))).toBeNull()
    expect(ask(step('offered', 'b'))).toBe('not_now')
  })

  it('is drafted at any time, confirmed no earlier than two hours before, and never again once taken', () => {
    const early = { ...CONTEXT, now: AT - HANDOVER_EARLIEST_MS - 1 }
    expect(refusesHandoverStep([], step('prepared'), early)).toBeNull()
    expect(refusesHandoverStep([], step('offered'), early)).toBe('too_early')
    expect(refusesHandoverStep([], step('offered'), { ...early, now: AT - HANDOVER_EARLIEST_MS })).toBeNull()
    expect(refusesHandoverStep([], step('taken', 'b'), CONTEXT)).toBe('not_now')
    const taken = [step('offered'), step('taken', 'b')]
    for (const kind of ['prepared', 'offered', 'returned', 'taken'] as const) {
      expect(refusesHandoverStep(taken, step(kind, 'c'), CONTEXT)).toBe('not_now')
    }
  })
})

describe('the changes of shift', () => {
  const shift = (person: string, from: number, to: number) => ({
    person,
    startsAt: AT + from * DAY,
    endsAt: AT + to * DAY,
  })

  it('are where somebody leaves; whoever stays hands nothing over, and where nobody follows nobody is named', () => {
    const shifts = [shift('a', -1, 0), shift('b', 0, 1), shift('b', 1, 2), shift('c', 1, 2), shift('d', 4, 5)]
    expect(listShiftChanges(shifts, { from: AT - DAY, to: AT + 5 * DAY })).toEqual([
      { at: AT, outgoing: ['a'], incoming: ['b'] },
      { at: AT + 2 * DAY, outgoing: ['b', 'c'], incoming: [] },
      { at: AT + 5 * DAY, outgoing: ['d'], incoming: [] },
    ])
    expect(listShiftChanges(shifts, { from: AT + 1, to: AT + DAY })).toEqual([])
  })
})
