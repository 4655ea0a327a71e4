import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clockDifferenceOf,
  lateHoursOf,
  LOG_STEPS,
  logStateOf,
  type LogStepKind,
  nextLogSteps,
  refusesLogStep,
  refusesReceivedAt,
} from './log-entry.ts'

const NOW = Date.parse('2026-10-01T09:00:00+08:00')
const HOUR = 3_600_000
const of = (...kinds: LogStepKind[]) => kinds.map((kind) => ({ kind }))

describe('an entry of the log', () => {
  it('leaves the list by an outcome alone, and comes back by being opened again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LOG_STEPS), { maxLength: 12 }), (wanted) => {
        const steps: { kind: LogStepKind }[] = []
        for (const kind of wanted) {
          const before = logStateOf(steps)
          if (refusesLogStep(steps, kind) !== null) continue
          steps.push({ kind })
          const after = logStateOf(steps)
          if (before !== after) expect(kind).toBe(after === 'closed' ? 'closed' : 'reopened')
          if (kind === 'closed') expect(after).toBe('closed')
        }
        const last = steps.findLast(({ kind }) => kind === 'closed' || kind === 'reopened')
        expect(logStateOf(steps)).toBe(last?.kind === 'closed' ? 'closed' : 'open')
      }),
    )
  })

  it('takes what fits its state, and a correction at any time', () => {
    expect(nextLogSteps([])).toEqual(['instructed', 'disposed', 'transferred', 'closed', 'corrected'])
    expect(nextLogSteps(of('instructed', 'closed'))).toEqual(['reopened', 'corrected'])
    expect(refusesLogStep(of('closed'), 'disposed')).toBe('closed_already')
    expect(refusesLogStep(of('closed'), 'handed_over')).toBe('closed_already')
    expect(refusesLogStep(of('closed', 'reopened'), 'reopened')).toBe('still_open')
    expect(refusesLogStep(of('closed', 'reopened'), 'handed_over')).toBeNull()
  })

  it('is late when it was written more than an hour after what it tells, in whole hours', () => {
    expect([0, HOUR, HOUR + 1, 3 * HOUR - 1, 3 * HOUR].map((late) => lateHoursOf(NOW - late, NOW))).toEqual([
      null,
      null,
      1,
      2,
      3,
    ])
  })

  it('tells nothing of the future and nothing of more than a year ago', () => {
    expect(
      [NOW + 1, NOW, NOW - 366 * 24 * HOUR, NOW - 366 * 24 * HOUR - 1].map((at) => refusesReceivedAt(at, NOW)),
    ).toEqual(['in_future', null, null, 'too_old'])
  })

  it('says by how many minutes a device is off, from more than one on', () => {
    expect([0, 60_000, -60_000, 61_000, -300_000].map((off) => clockDifferenceOf(NOW + off, NOW))).toEqual([
      null,
      null,
      null,
      1,
      -5,
    ])
  })
})
