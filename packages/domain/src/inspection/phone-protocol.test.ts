import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { CALL_OUTCOMES, type CallAttempt, type CallOutcome, type DutyLine } from './call.ts'
import { type CallCourse, isAnsweredLate, nextCallStep } from './phone-protocol.ts'
import { type PhoneSettings, phoneSettingsOf } from './phone-settings.ts'

/** Two calls, three minutes apart, ten minutes to call back. */
const RULES = phoneSettingsOf(SAMPLE_REGULATION)
const MINUTE = 60_000

function call(outcome: CallOutcome, dialledMs: number, line: CallAttempt['line'] = 'duty_room'): CallAttempt {
  return { line, dialledMs, ringMs: 30_000, rings: null, outcome }
}

function course(attempts: readonly CallAttempt[], changes: Partial<CallCourse> = {}): CallCourse {
  return { settings: RULES, lines: ['duty_room'], attempts, callBack: null, ...changes }
}

const TWICE = [call('no_answer', 0), call('no_answer', 4 * MINUTE)]
const WINDOW_ENDS = 4 * MINUTE + 30_000 + 10 * MINUTE

describe('what comes next', () => {
  it('dials the main line at once, and again after the spacing, to the millisecond', () => {
    expect(nextCallStep(course([]), 0)).toEqual({ kind: 'dial', line: 'duty_room', attempt: 1, notBeforeMs: 0 })
    const step = nextCallStep(course([call('no_answer', 1_000)]), 40_000)
    expect(step).toEqual({ kind: 'dial', line: 'duty_room', attempt: 2, notBeforeMs: 31_000 + 180_000 })
  })

  it('tries the alternate line once, right after, where there is one and the rules want it', () => {
    const two: readonly DutyLine[] = ['duty_room', 'alternate']
    const expected = { kind: 'dial', line: 'alternate', attempt: 1, notBeforeMs: 4 * MINUTE + 30_000 }
    expect(nextCallStep(course(TWICE, { lines: two }), 5 * MINUTE)).toEqual(expected)
    const tried = [...TWICE, call('no_answer', 5 * MINUTE, 'alternate')]
    expect(nextCallStep(course(tried, { lines: two }), 6 * MINUTE).kind).toBe('await_call_back')
    const without = { ...RULES, alternateLine: false }
    expect(nextCallStep(course(TWICE, { lines: two, settings: without }), 5 * MINUTE).kind).toBe('await_call_back')
  })

  it('waits for a call back until the last millisecond of the window, then concludes', () => {
    expect(nextCallStep(course(TWICE), WINDOW_ENDS - 1)).toEqual({ kind: 'await_call_back', untilMs: WINDOW_ENDS })
    const verdict = { kind: 'fault', finding: 'no_answer' }
    expect(nextCallStep(course(TWICE), WINDOW_ENDS)).toEqual({ kind: 'conclude', verdict })
    const callBack = { askedMs: 6 * MINUTE, cameMs: null, isFromDutyLine: null }
    const asked = course(TWICE, { callBack })
    expect(nextCallStep(asked, WINDOW_ENDS)).toEqual({ kind: 'await_call_back', untilMs: 16 * MINUTE })
    expect(nextCallStep(course(TWICE, { settings: { ...RULES, callBackSeconds: 0 } }), 5 * MINUTE).kind).toBe(
      'conclude',
    )
  })

  it('a call back on the last second reaches them; later, or from another number, it does not', () => {
    const come = (cameMs: number, isFromDutyLine: boolean | null) =>
      nextCallStep(course(TWICE, { callBack: { askedMs: 5 * MINUTE, cameMs, isFromDutyLine } }), 20 * MINUTE)
    const reached = { kind: 'conclude', verdict: { kind: 'reached', isLate: true } }
    expect(come(15 * MINUTE, true)).toEqual(reached)
    expect(come(15 * MINUTE, null)).toEqual(reached)
    const fault = { kind: 'conclude', verdict: { kind: 'fault', finding: 'no_answer' } }
    expect(come(15 * MINUTE + 1, true)).toEqual(fault)
    expect(come(6 * MINUTE, false)).toEqual(fault)
  })

  it('has nothing to dial without a number', () => {
    expect(nextCallStep(course([], { lines: [] }), 0)).toEqual({ kind: 'conclude', verdict: { kind: 'inconclusive' } })
  })

  it('passes over calls to people: they prove nothing about the duty room', () => {
    const leader = call('no_answer', 0, 'leader')
    expect(nextCallStep(course([leader]), 0)).toEqual(nextCallStep(course([]), 0))
  })
})

describe('what calls prove', () => {
  const concluded = (attempts: readonly CallAttempt[]) => nextCallStep(course(attempts), 60 * MINUTE)
  const twice = (first: CallOutcome, second: CallOutcome) => concluded([call(first, 0), call(second, 4 * MINUTE)])

  it.each([
    ['no_answer', 'no_answer', { kind: 'fault', finding: 'no_answer' }],
    ['no_answer', 'switched_off', { kind: 'fault', finding: 'no_answer' }],
    ['invalid', 'no_answer', { kind: 'fault', finding: 'no_answer' }],
    ['invalid', 'invalid', { kind: 'fault', finding: 'invalid_number' }],
    ['wrong_office', 'invalid', { kind: 'fault', finding: 'invalid_number' }],
    ['nobody_on_duty', 'no_answer', { kind: 'fault', finding: 'absent' }],
    ['nobody_on_duty', 'nobody_on_duty', { kind: 'fault', finding: 'absent' }],
    ['no_answer', 'not_on_roster', { kind: 'fault', finding: 'not_as_rostered' }],
    ['no_answer', 'busy', { kind: 'inconclusive' }],
    ['nobody_on_duty', 'hung_up', { kind: 'inconclusive' }],
    ['no_answer', 'right_person', { kind: 'reached', isLate: true }],
  ] as const)('%s, then %s', (first, second, verdict) => {
    expect(twice(first, second)).toEqual({ kind: 'conclude', verdict })
  })

  it('is in time on the last ring and the last second of the limit', () => {
    const answered = (rings: number | null, ringMs: number) =>
      isAnsweredLate({ line: 'duty_room', dialledMs: 0, ringMs, rings, outcome: 'right_person' }, RULES)
    expect([answered(3, 99_000), answered(4, 0)]).toEqual([false, true])
    expect([answered(null, 15_000), answered(null, 15_001)]).toEqual([false, true])
    expect(isAnsweredLate(call('no_answer', 0), RULES)).toBe(false)
    expect(concluded([{ ...call('right_person', 0), rings: 3 }])).toEqual({
      kind: 'conclude',
      verdict: { kind: 'reached', isLate: false },
    })
  })
})

describe('laws', () => {
  const settings: fc.Arbitrary<PhoneSettings> = fc.record({
    clause: fc.constant('5-P-1'),
    maxRings: fc.integer({ min: 1, max: 10 }),
    maxSeconds: fc.integer({ min: 1, max: 60 }),
    giveUpRings: fc.integer({ min: 1, max: 20 }),
    attempts: fc.integer({ min: 2, max: 5 }),
    spacingSeconds: fc.integer({ min: 0, max: 600 }),
    alternateLine: fc.boolean(),
    callBackSeconds: fc.integer({ min: 0, max: 900 }),
  })
  const lines = fc.constantFrom<readonly DutyLine[]>(['duty_room'], ['duty_room', 'alternate'], ['duty_mobile'])
  const play = fc.array(
    fc.record({ outcome: fc.constantFrom(...CALL_OUTCOMES), ringMs: fc.integer({ min: 0, max: 60_000 }) }),
    { minLength: 12, maxLength: 12 },
  )

  /** Follows the protocol to its end with the outcomes given. */
  function follow(
    rules: PhoneSettings,
    known: readonly DutyLine[],
    outcomes: readonly Pick<CallAttempt, 'outcome' | 'ringMs'>[],
  ) {
    const attempts: CallAttempt[] = []
    let now = 0
    for (const one of [...outcomes, ...outcomes]) {
      const step = nextCallStep({ settings: rules, lines: known, attempts, callBack: null }, now)
      if (step.kind === 'conclude') return { attempts, verdict: step.verdict, now }
      if (step.kind === 'await_call_back') now = step.untilMs
      else {
        const dialledMs = Math.max(now, step.notBeforeMs)
        attempts.push({ line: step.line, dialledMs, rings: null, ...one })
        now = dialledMs + one.ringMs
      }
    }
    throw new RangeError('it never came to an end')
  }

  it('nobody is found absent before the attempts, spaced, the alternate line and the window', () => {
    fc.assert(
      fc.property(settings, lines, play, (rules, known, outcomes) => {
        const { attempts, now, verdict } = follow(rules, known, outcomes)
        if (verdict.kind !== 'fault' || verdict.finding === 'not_as_rostered') return
        const onMain = attempts.filter(({ line }) => line === known[0])
        expect(onMain).toHaveLength(rules.attempts)
        for (const [at, one] of onMain.entries()) {
          const before = onMain[at - 1]
          if (before === undefined) continue
          expect(one.dialledMs - before.dialledMs - before.ringMs).toBeGreaterThanOrEqual(rules.spacingSeconds * 1_000)
        }
        const others = rules.alternateLine ? known.slice(1) : []
        for (const line of others) expect(attempts.some((one) => one.line === line)).toBe(true)
        const last = Math.max(...attempts.map(({ dialledMs, ringMs }) => dialledMs + ringMs))
        expect(now - last).toBeGreaterThanOrEqual(rules.callBackSeconds * 1_000)
      }),
    )
  })

  it('who is reached is never at fault, and reaching ends the calls', () => {
    fc.assert(
      fc.property(settings, lines, play, (rules, known, outcomes) => {
        const { attempts, verdict } = follow(rules, known, outcomes)
        const reachedAt = attempts.findIndex(({ outcome }) => outcome === 'right_person')
        expect(verdict.kind === 'reached').toBe(reachedAt >= 0)
        if (reachedAt >= 0) expect(reachedAt).toBe(attempts.length - 1)
      }),
    )
  })

  it('waiting longer changes no verdict', () => {
    fc.assert(
      fc.property(settings, lines, play, fc.nat(10_000_000), (rules, known, outcomes, more) => {
        const { attempts, now, verdict } = follow(rules, known, outcomes)
        const later = nextCallStep({ settings: rules, lines: known, attempts, callBack: null }, now + more)
        expect(later).toEqual({ kind: 'conclude', verdict })
      }),
    )
  })
})

it('settings that a regulation leaves out are filled, and what it says stands', () => {
  expect(RULES).toMatchObject({ maxRings: 3, giveUpRings: 8, alternateLine: true })
  const said = { ...SAMPLE_REGULATION.phoneCheck, attempts: 1, giveUpRings: 6, alternateLine: false }
  expect(phoneSettingsOf({ phoneCheck: said })).toMatchObject({ attempts: 2, giveUpRings: 6, alternateLine: false })
})
