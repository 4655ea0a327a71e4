import { describe, expect, it } from 'vitest'
import { SECOND_MS } from '../calendar/local-time.ts'
import { type Level, LEVELS } from '../facts/facts.ts'
import { eventRulesOf } from '../regulation/event-rules.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { at, makeReport } from '../testing/make-facts.ts'
import { earliestCallOf, judgePhone, type PhoneJudgement } from './phone.ts'
import { judgeEventState, toEventCase } from './event-state.ts'
import { clockStartOf, judgeWritten, type WrittenJudgement } from './written.ts'

const rulesOf = (level: Level) => eventRulesOf(SAMPLE_REGULATION, level, 'accident', 'county')
const NEVER = at('2030-01-01 00:00')

function written(level: Level, clockAt: string, writtenAt: string | null, asOf = NEVER): WrittenJudgement {
  return judgeWritten(at(clockAt), rulesOf(level).writtenLimitSeconds, writtenAt === null ? null : at(writtenAt), asOf)
}

/** Points of the written report of the event learned 2026-07-03 14:05:30. */
function costOf(writtenAt: string | null, asOf = NEVER): number {
  const report = makeReport({ writtenAt: writtenAt === null ? null : at(writtenAt) })
  const eventCase = toEventCase([report], SAMPLE_REGULATION, () => 'county')
  const { deductions } = judgeEventState(eventCase, SAMPLE_REGULATION, asOf)
  return deductions.filter(({ code }) => code.startsWith('written')).reduce((sum, { points }) => sum + points, 0)
}

describe('the clock', () => {
  it.each([
    ['I', '09:00:00'],
    ['II', '09:00:00'],
    ['III', '09:02:00'],
    ['IV', '09:02:00'],
  ] as const)('of level %s starts at %s', (level, start) => {
    const report = makeReport({ level, occurredAt: at('2026-07-11 09:00:00'), learnedAt: at('2026-07-11 09:02:00') })
    expect(clockStartOf(report, SAMPLE_REGULATION)).toBe(at(`2026-07-11 ${start}`))
  })
})

describe('the written first report (docs/indicators/timeliness.md)', () => {
  it.each([
    ['I', 35 * 60],
    ['II', 35 * 60],
    ['III', 60 * 60],
    ['IV', 120 * 60],
  ] as const)('of level %s is on time at the limit and late a second after it', (level, limit) => {
    const clockAt = at('2026-07-11 09:00:00')
    const dueAt = clockAt + limit * SECOND_MS
    const judge = (writtenAt: number): WrittenJudgement =>
      judgeWritten(clockAt, rulesOf(level).writtenLimitSeconds, writtenAt, NEVER)
    expect(judge(dueAt)).toMatchObject({ outcome: 'on_time', dueAt, lateSeconds: null, startedHours: null })
    expect(judge(dueAt + SECOND_MS)).toMatchObject({ outcome: 'late', dueAt, lateSeconds: 1, startedHours: 1 })
  })

  it.each([
    ['16:05:30', 'on_time', null, null, 0],
    ['16:05:31', 'late', 1, 1, 100],
    ['17:05:30', 'late', 3600, 1, 100],
    ['17:05:31', 'late', 3601, 2, 200],
    ['20:05:30', 'late', 14_400, 4, 400],
    ['20:05:31', 'late', 14_401, 5, 500],
    ['21:05:31', 'late', 18_001, 6, 500],
  ])('worked example: learned 14:05:30, written %s is %s', (time, outcome, lateSeconds, startedHours, points) => {
    const judgement = written('IV', '2026-07-03 14:05:30', `2026-07-03 ${time}`)
    expect(judgement).toMatchObject({ outcome, lateSeconds, startedHours, at: at(`2026-07-03 ${time}`) })
    expect(costOf(`2026-07-03 ${time}`)).toBe(points)
  })

  it('is not yet due up to the limit and missing from the second after it', () => {
    const dueAt = at('2026-07-03 16:05:30')
    for (const writtenAt of [null, '2026-07-03 18:00:00']) {
      expect(written('IV', '2026-07-03 14:05:30', writtenAt, dueAt)).toMatchObject({ outcome: 'not_yet_due', at: null })
      const missing = written('IV', '2026-07-03 14:05:30', writtenAt, dueAt + SECOND_MS)
      expect(missing).toMatchObject({ outcome: 'missing', at: null })
      expect(costOf(writtenAt, dueAt + SECOND_MS)).toBe(800)
    }
  })

  it('counts from the very second it was written', () => {
    const writtenAt = '2026-07-03 15:00:00'
    expect(written('IV', '2026-07-03 14:05:30', writtenAt, at(writtenAt) - 1).outcome).toBe('not_yet_due')
    expect(written('IV', '2026-07-03 14:05:30', writtenAt, at(writtenAt)).outcome).toBe('on_time')
  })
})

describe('the call (docs/indicators/phone-call.md)', () => {
  const phone = (phonedAt: string | null, writtenAt: string | null, asOf = NEVER): PhoneJudgement => {
    const instant = (time: string | null): number | null => (time === null ? null : at(`2026-07-11 ${time}`))
    return judgePhone(
      at('2026-07-11 09:00:00'),
      rulesOf('II').phoneLimitSeconds ?? 0,
      instant(phonedAt),
      instant(writtenAt),
      asOf,
    )
  }

  it.each([
    ['09:15:00', '09:30:00', 'on_time', null, false],
    ['09:15:01', '09:30:00', 'late', 1, false],
    ['09:15:01', '09:15:00', 'on_time', null, true],
    ['09:15:00', '09:15:00', 'on_time', null, false],
    [null, '09:15:00', 'on_time', null, true],
    [null, '09:15:01', 'missing', null, false],
    [null, null, 'missing', null, false],
    ['11:00:00', null, 'late', 6300, false],
  ] as const)(
    'worked example: phoned %s, written %s is %s',
    (phoned, writtenAt, outcome, lateSeconds, metByWritten) => {
      expect(phone(phoned, writtenAt)).toMatchObject({ outcome, lateSeconds, metByWritten })
    },
  )

  it('is not yet due up to the limit, missing after it and late once it comes', () => {
    const outcomes = ['09:15:00', '09:15:01', '10:59:59', '11:00:00'].map(
      (asOf) => phone('11:00:00', null, at(`2026-07-11 ${asOf}`)).outcome,
    )
    expect(outcomes).toEqual(['not_yet_due', 'missing', 'missing', 'late'])
  })

  it('is asked of levels I and II only', () => {
    const asked = LEVELS.filter((level) => {
      const eventCase = toEventCase([makeReport({ level })], SAMPLE_REGULATION, () => 'county')
      return judgeEventState(eventCase, SAMPLE_REGULATION, NEVER).phone !== null
    })
    expect(asked).toEqual(['I', 'II'])
  })

  it('is the earliest on a report of any stage', () => {
    const [early, late] = [at('2026-07-11 09:01:00'), at('2026-07-11 09:02:00')]
    const rows = [
      makeReport(),
      makeReport({ stage: 'final', phonedAt: late }),
      makeReport({ stage: 'follow_up', phonedAt: early }),
      makeReport({ stage: 'follow_up', sequence: 2, phonedAt: late }),
    ]
    expect(earliestCallOf(rows)).toBe(early)
    expect(earliestCallOf([makeReport()])).toBeNull()
  })
})
