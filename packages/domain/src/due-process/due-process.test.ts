import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type PlainDate, toPlainDate } from '../calendar/plain-date.ts'
import { dayStateOf } from '../calendar/workdays.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { addWorkdays, daysLeft, lampOf } from './add-workdays.ts'
import {
  CASE_STATES,
  CASE_STEPS,
  type CaseStep,
  ESCALATIONS,
  isRectificationOpen,
  nextSteps,
  partyOf,
  refusesStep,
  caseStandingOf,
} from './finding-case.ts'

const day = toPlainDate
const MONDAY = day('2026-11-02')

describe('working days', () => {
  it('do not count the day itself, nor weekends, nor holidays; a make-up workday counts', () => {
    expect(addWorkdays(MONDAY, 3, SAMPLE_HOLIDAYS).lastDay).toBe('2026-11-05')
    expect(addWorkdays(day('2026-11-05'), 3, SAMPLE_HOLIDAYS).lastDay).toBe('2026-11-10')
    expect(addWorkdays(MONDAY, 0, SAMPLE_HOLIDAYS).lastDay).toBe(MONDAY)
    const before = day('2026-09-30')
    const [next] = [1, 2].map((days) => addWorkdays(before, days, SAMPLE_HOLIDAYS).lastDay)
    expect(next !== null && next !== undefined && next > '2026-10-07').toBe(true)
  })

  it('cannot be said beyond a year without its notice', () => {
    expect(addWorkdays(day('2026-12-30'), 3, SAMPLE_HOLIDAYS)).toEqual({ lastDay: null, notAnnounced: 2027 })
  })

  it('are as many as were asked for, and the last one is one', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.integer({ min: 1, max: 30 }), (offset, days) => {
        const from = addDays(day('2026-01-01'), offset)
        const { lastDay } = addWorkdays(from, days, SAMPLE_HOLIDAYS)
        if (lastDay === null) return
        let counted = 0
        for (let one = addDays(from, 1); one <= lastDay; one = addDays(one, 1)) {
          if (dayStateOf(one, SAMPLE_HOLIDAYS) === 'workday') counted += 1
        }
        expect(counted).toBe(days)
        expect(dayStateOf(lastDay, SAMPLE_HOLIDAYS)).toBe('workday')
      }),
    )
  })

  it('the lamp is amber from three days before the last day to its end, then red', () => {
    const lamps = [-4, -3, 0, 1].map((days) => lampOf(MONDAY, addDays(MONDAY, days)))
    expect(lamps).toEqual(['green', 'amber', 'amber', 'red'])
    expect(lampOf(null, MONDAY)).toBe('off')
    expect(daysLeft(MONDAY, addDays(MONDAY, 2))).toBe(-2)
  })
})

const FINDERS = { inspectors: ['ins'] }
const step = (kind: CaseStep['kind'], by: string, changes: Partial<CaseStep> = {}): CaseStep => ({
  kind,
  by,
  on: MONDAY,
  ...changes,
})
const NOTICE = step('notified', 'clerk', { lastDay: day('2026-11-05') })
const WAY: readonly CaseStep[] = [
  NOTICE,
  step('received', 'unit'),
  step('explained', 'unit'),
  step('confirmed', 'clerk'),
  step('ordered', 'clerk', { lastDay: day('2026-11-20') }),
  step('submitted', 'unit'),
  step('returned', 'lead'),
  step('submitted', 'unit'),
  step('closed', 'lead'),
  step('struck_off', 'clerk'),
]
const upTo = (kind: CaseStep['kind']) => WAY.slice(0, WAY.findIndex((one) => one.kind === kind) + 1)

describe('a finding from notice to closure', () => {
  it('goes its whole way, and each state says whose turn it is until when', () => {
    const seen = WAY.map((next, at) => {
      expect(refusesStep(WAY.slice(0, at), next, FINDERS)).toBeNull()
      const { lastDay, state, turn } = caseStandingOf(WAY.slice(0, at + 1))
      return [state, turn, lastDay]
    })
    expect(seen).toEqual([
      ['awaiting_explanation', 'unit', '2026-11-05'],
      ['awaiting_explanation', 'unit', '2026-11-05'],
      ['awaiting_decision', 'office', null],
      ['confirmed', 'office', null],
      ['rectifying', 'unit', '2026-11-20'],
      ['awaiting_verification', 'office', null],
      ['rectifying', 'unit', '2026-11-20'],
      ['awaiting_verification', 'office', null],
      ['closed', 'office', null],
      ['struck_off', null, null],
    ])
    expect(caseStandingOf(WAY)).toMatchObject({ isReceived: true, returns: 1, escalation: null })
    expect(caseStandingOf([])).toMatchObject({ state: 'found', turn: 'office' })
  })

  it('sent back, its day still runs unless another is set with it', () => {
    const returned = upTo('returned')
    const other = day('2026-11-27')
    expect(caseStandingOf(returned).lastDay).toBe('2026-11-20')
    expect(caseStandingOf([...returned.slice(0, -1), step('returned', 'lead', { lastDay: other })]).lastDay).toBe(other)
    const open = CASE_STATES.filter(isRectificationOpen)
    expect(open).toEqual(['confirmed', 'rectifying', 'awaiting_verification'])
  })

  it('is not decided against a unit that was not heard, until the end of its last day', () => {
    const decide = (on: PlainDate, kind: 'confirmed' | 'dismissed' = 'confirmed') =>
      refusesStep([NOTICE], step(kind, 'clerk', { on }), FINDERS)
    expect(decide(day('2026-11-05'))).toBe('waits_for_explanation')
    expect(decide(day('2026-11-06'))).toBeNull()
    expect(decide(day('2026-11-03'), 'dismissed')).toBeNull()
    const endless = [step('notified', 'clerk', { lastDay: null })]
    expect(refusesStep(endless, step('confirmed', 'clerk', { on: day('2030-01-01') }), FINDERS)).toBe(
      'waits_for_explanation',
    )
  })

  it('is decided by nobody who found it, and verified by nobody who ordered or did it', () => {
    for (const kind of ['confirmed', 'dismissed'] as const) {
      expect(refusesStep(upTo('explained'), step(kind, 'ins'), FINDERS)).toBe('inspector_decides')
    }
    for (const kind of ['closed', 'returned'] as const) {
      expect(refusesStep(upTo('submitted'), step(kind, 'clerk'), FINDERS)).toBe('same_person')
      expect(refusesStep(upTo('submitted'), step(kind, 'unit'), FINDERS)).toBe('same_person')
    }
    expect(refusesStep(upTo('confirmed'), step('closed', 'clerk'), FINDERS)).toBeNull()
  })

  it('is received once', () => {
    expect(refusesStep(upTo('received'), step('received', 'unit'), FINDERS)).toBe('not_now')
    expect(nextSteps(upTo('received'), 'unit')).toEqual(['explained'])
    expect(nextSteps([NOTICE], 'unit')).toEqual(['received', 'explained'])
    expect(nextSteps([NOTICE], 'office')).toEqual(['confirmed', 'dismissed', 'escalated'])
  })

  it('climbs the ladder rung by rung', () => {
    const climb = (steps: readonly CaseStep[], escalation: CaseStep['escalation']) =>
      refusesStep(steps, step('escalated', 'lead', { ...(escalation !== undefined && { escalation }) }), FINDERS)
    expect(climb([NOTICE], 'summoned')).toBe('ladder')
    expect(climb([NOTICE], 'reminded')).toBeNull()
    const reminded = [NOTICE, step('escalated', 'lead', { escalation: 'reminded' })]
    expect(climb(reminded, 'summoned')).toBeNull()
    expect(climb(reminded, 'reminded')).toBe('ladder')
    const named = ESCALATIONS.map((escalation) => step('escalated', 'lead', { escalation }))
    expect(caseStandingOf([NOTICE, ...named]).escalation).toBe('named')
    expect(climb([NOTICE, ...named], undefined)).toBe('ladder')
    expect(climb([NOTICE, ...named], 'named')).toBe('ladder')
  })

  const anyStep = fc.record({
    kind: fc.constantFrom(...CASE_STEPS),
    by: fc.constantFrom('ins', 'clerk', 'lead', 'unit'),
    on: fc.nat(30).map((days) => addDays(MONDAY, days)),
    lastDay: fc.option(fc.nat(20).map((days) => addDays(MONDAY, days))),
    escalation: fc.constantFrom(...ESCALATIONS),
  })

  it('whatever is tried in whatever order, what was taken keeps every rule', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (tries) => {
        const taken: CaseStep[] = []
        for (const one of tries) if (refusesStep(taken, one, FINDERS) === null) taken.push(one)
        const kinds = taken.map(({ kind }) => kind)
        const firstOf = (kind: CaseStep['kind']) => kinds.indexOf(kind)
        const decided = taken.find(({ kind }) => kind === 'confirmed' || kind === 'dismissed')
        if (taken.length > 0) expect(kinds[0]).toBe('notified')
        for (const once of ['notified', 'received', 'explained', 'ordered', 'closed', 'struck_off'] as const) {
          expect(kinds.filter((kind) => kind === once).length).toBeLessThanOrEqual(1)
        }
        if (decided !== undefined) {
          expect(decided.by).not.toBe('ins')
          const heard = firstOf('explained') >= 0 && firstOf('explained') < kinds.indexOf(decided.kind)
          const lastDay = taken[0]?.lastDay
          const isOver = lastDay != null && decided.on > lastDay
          expect(decided.kind === 'dismissed' || heard || isOver).toBe(true)
        }
        const closed = taken.find(({ kind }) => kind === 'closed')
        const ordered = taken.find(({ kind }) => kind === 'ordered')
        if (closed !== undefined && ordered !== undefined) expect(closed.by).not.toBe(ordered.by)
        const rungs = taken.flatMap(({ escalation, kind }) => (kind === 'escalated' ? [escalation] : []))
        expect(rungs).toEqual(ESCALATIONS.slice(0, rungs.length))
        const end = caseStandingOf(taken)
        expect(nextSteps(taken, 'unit').every((kind) => partyOf(kind) === 'unit')).toBe(true)
        if (end.state === 'struck_off' || end.state === 'dismissed') {
          expect(nextSteps(taken, 'unit').concat(nextSteps(taken, 'office'))).toEqual([])
        }
      }),
    )
  })
})
