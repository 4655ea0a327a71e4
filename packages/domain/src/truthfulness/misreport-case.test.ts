import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toPlainDate } from '../calendar/plain-date.ts'
import { MISREPORT_KINDS, type MisreportKind } from '../facts/facts.ts'
import {
  MISREPORT_STEPS,
  misreportPartyOf,
  misreportStandingOf,
  type MisreportStep,
  needsSecond,
  nextMisreportSteps,
  refusesMisreportStep,
} from './misreport-case.ts'

const day = (n: number) => toPlainDate(`2026-11-${String(n).padStart(2, '0')}`)
const OPENED: MisreportStep = { kind: 'opened', by: 'clerk', on: day(2) }
const NOTIFIED: MisreportStep = { kind: 'notified', by: 'clerk', on: day(2), lastDay: day(5) }
const EXPLAINED: MisreportStep = { kind: 'explained', by: 'unit', on: day(3) }
const confirmed = (as: MisreportKind, by = 'first'): MisreportStep => ({ kind: 'confirmed', by, on: day(6), as })

it('goes on from a notice that was explained, and stands when confirmed', () => {
  const heard = [OPENED, NOTIFIED, { kind: 'received', by: 'unit', on: day(2) } as const, EXPLAINED]
  expect(misreportStandingOf([OPENED])).toEqual({
    state: 'opened',
    turn: 'office',
    lastDay: null,
    isReceived: false,
    as: null,
  })
  expect(misreportStandingOf([OPENED, NOTIFIED])).toMatchObject({ turn: 'unit', lastDay: day(5), isReceived: false })
  expect(misreportStandingOf(heard)).toMatchObject({ state: 'awaiting_decision', isReceived: true, lastDay: null })
  expect(misreportStandingOf([...heard, confirmed('omitted')])).toMatchObject({
    state: 'confirmed',
    as: 'omitted',
    turn: null,
  })
  expect(misreportStandingOf([OPENED, { kind: 'confirmed', by: 'first', on: day(6) }])).toMatchObject({
    as: null,
    state: 'confirmed',
  })
})

it('waits for a second person with what accuses of intent, and goes back when that one declines', () => {
  expect(MISREPORT_KINDS.filter(needsSecond)).toEqual(['false', 'concealed'])
  const waiting = [OPENED, NOTIFIED, EXPLAINED, confirmed('concealed')]
  expect(misreportStandingOf(waiting)).toMatchObject({ state: 'awaiting_second', as: 'concealed', turn: 'office' })
  const by = (who: string, kind: 'countersigned' | 'declined' = 'countersigned') => ({ kind, by: who, on: day(6) })
  expect(refusesMisreportStep(waiting, by('first'))).toBe('same_person')
  expect(refusesMisreportStep(waiting, by('clerk'))).toBe('third_person')
  expect(refusesMisreportStep(waiting, by('third'))).toBeNull()
  expect(misreportStandingOf([...waiting, by('third')])).toMatchObject({ state: 'confirmed', as: 'concealed' })
  const declined = [...waiting, by('third', 'declined')]
  expect(misreportStandingOf(declined)).toMatchObject({ state: 'awaiting_decision', as: null })
  expect(refusesMisreportStep(declined, confirmed('omitted'))).toBeNull()
})

it('is decided by nobody who opened it, and not before the unit was heard or its days are over', () => {
  const notified = [OPENED, NOTIFIED]
  const at = (n: number, by = 'first'): MisreportStep => ({ kind: 'confirmed', by, on: day(n), as: 'omitted' })
  expect(refusesMisreportStep(notified, at(5))).toBe('waits_for_explanation')
  expect(refusesMisreportStep(notified, at(6))).toBeNull()
  expect(refusesMisreportStep(notified, at(6, 'clerk'))).toBe('opener_decides')
  expect(refusesMisreportStep([OPENED, { kind: 'notified', by: 'clerk', on: day(2) }], at(28))).toBe(
    'waits_for_explanation',
  )
  const dismissed = (by: string): MisreportStep => ({ kind: 'dismissed', by, on: day(2) })
  expect(refusesMisreportStep([OPENED], dismissed('first'))).toBeNull()
  expect(refusesMisreportStep([OPENED], dismissed('clerk'))).toBe('opener_decides')
  expect(misreportStandingOf([OPENED, dismissed('first')]).turn).toBeNull()
})

it('says of an explanation after the decision that it is late, and takes a receipt once', () => {
  expect(refusesMisreportStep([OPENED, NOTIFIED, EXPLAINED, confirmed('omitted')], EXPLAINED)).toBe('explained_late')
  expect(refusesMisreportStep([OPENED], EXPLAINED)).toBe('not_now')
  const received: MisreportStep = { kind: 'received', by: 'unit', on: day(3) }
  expect(refusesMisreportStep([OPENED, NOTIFIED], received)).toBeNull()
  expect(refusesMisreportStep([OPENED, NOTIFIED, received], received)).toBe('not_now')
  expect(refusesMisreportStep([OPENED, NOTIFIED], EXPLAINED)).toBeNull()
  expect(refusesMisreportStep([], OPENED)).toBeNull()
  expect(refusesMisreportStep([], NOTIFIED)).toBe('not_now')
  expect(nextMisreportSteps([OPENED, NOTIFIED], 'unit')).toEqual(['received', 'explained'])
  expect(nextMisreportSteps([OPENED, NOTIFIED, received], 'unit')).toEqual(['explained'])
  expect(nextMisreportSteps([OPENED], 'office')).toEqual(['supplemented', 'notified', 'dismissed'])
})

it('whatever is tried in whatever order, what stands was heard or had its days, and was signed by as many as it needs', () => {
  const step = fc.record({
    kind: fc.constantFrom(...MISREPORT_STEPS),
    by: fc.constantFrom('clerk', 'first', 'third'),
    on: fc.integer({ min: 2, max: 9 }).map(day),
    as: fc.constantFrom(...MISREPORT_KINDS),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (tries) => {
      const taken: MisreportStep[] = [OPENED]
      for (const one of tries) {
        const next = { ...one, by: misreportPartyOf(one.kind) === 'unit' ? 'unit' : one.by, lastDay: day(5) }
        if (refusesMisreportStep(taken, next) === null) taken.push(next)
      }
      const { as, state } = misreportStandingOf(taken)
      if (state !== 'confirmed' || as === null) return
      const decision = taken.findLast(({ kind }) => kind === 'confirmed')
      expect(decision?.by).not.toBe('clerk')
      expect(taken.some(({ kind }) => kind === 'explained') || (decision?.on ?? '') > day(5)).toBe(true)
      const second = taken.findLast(({ kind }) => kind === 'countersigned')
      expect(second !== undefined).toBe(needsSecond(as))
      if (second !== undefined) expect(new Set(['clerk', decision?.by, second.by]).size).toBe(3)
    }),
  )
})
