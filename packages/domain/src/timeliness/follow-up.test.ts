import { describe, expect, it } from 'vitest'
import { toLocalIso } from '../calendar/local-time.ts'
import type { ReportFact } from '../facts/facts.ts'
import { eventRulesOf } from '../regulation/event-rules.ts'
import type { FollowUpSchedule } from '../regulation/regulation.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { at, makeReport } from '../testing/make-facts.ts'
import { judgeEventState, toEventCase } from './event-state.ts'
import { findMissedSlots, listSlots, MAX_LISTED_SLOTS, toFollowUpCourse } from './follow-up.ts'

const RULE = toSchedule()
const MAX = 3

function toSchedule(): FollowUpSchedule {
  const { followUps } = eventRulesOf(SAMPLE_REGULATION, 'III', 'accident', 'county')
  if (followUps === null) throw new RangeError('the sample rules ask for follow-ups at level III')
  return followUps
}

/** `08-10 06:00:00` → rows of an event first reported then, with follow-ups and a final at the other times. */
function course(first: string, followUps: string[], final: string | null = null): ReturnType<typeof toFollowUpCourse> {
  const rows: ReportFact[] = followUps.map((time, index) =>
    makeReport({ stage: 'follow_up', sequence: index + 1, writtenAt: at(`2026-${time}`) }),
  )
  if (final !== null) rows.push(makeReport({ stage: 'final', writtenAt: at(`2026-${final}`) }))
  const unwritten = makeReport({ stage: 'follow_up', sequence: 99 })
  return toFollowUpCourse(at(`2026-${first}`), [unwritten, ...rows.reverse(), makeReport()])
}

/** `08-10 08:00 met` per slot. */
function slots(of: ReturnType<typeof toFollowUpCourse>, asOf: string): string[] {
  return listSlots(of, RULE, at(`2026-${asOf}`)).map(
    (slot) => `${toLocalIso(slot.at).slice(5, 16).replace('T', ' ')} ${slot.metBy === null ? 'missed' : 'met'}`,
  )
}

function missed(of: ReturnType<typeof toFollowUpCourse>, asOf: string): { missed: string[]; next: string | null } {
  const found = findMissedSlots(of, RULE, MAX, at(`2026-${asOf}`))
  const short = (instant: number): string => toLocalIso(instant).slice(5, 16).replace('T', ' ')
  return { missed: found.missed.map(short), next: found.nextAt === Infinity ? null : short(found.nextAt) }
}

describe('follow-up slots (docs/indicators/follow-ups.md)', () => {
  it('worked example: five slots, the second and the fourth missed', () => {
    const event = course('08-10 06:00:00', ['08-10 07:30:00', '08-10 17:00:01'], '08-12 08:00:00')
    expect(slots(event, '09-01 00:00:00')).toEqual([
      '08-10 08:00 met',
      '08-10 17:00 missed',
      '08-11 08:00 met',
      '08-11 17:00 missed',
      '08-12 08:00 met',
    ])
    expect(missed(event, '09-01 00:00:00')).toEqual({ missed: ['08-10 17:00', '08-11 17:00'], next: null })
  })

  it('begin two hours after the first report, that very second included', () => {
    expect(slots(course('08-10 06:00:00', []), '08-10 17:00:00')).toEqual(['08-10 08:00 missed', '08-10 17:00 missed'])
    expect(slots(course('08-10 06:00:01', []), '08-10 17:00:00')).toEqual(['08-10 17:00 missed'])
    expect(slots(course('08-10 15:00:01', []), '08-11 08:00:00')).toEqual(['08-11 08:00 missed'])
  })

  it('end at the moment asked about, that very second included', () => {
    expect(slots(course('08-10 06:00:00', []), '08-10 07:59:59')).toEqual([])
    expect(slots(course('08-10 06:00:00', []), '08-10 08:00:00')).toEqual(['08-10 08:00 missed'])
  })

  it('end at the final report once it is known, that very second included', () => {
    expect(slots(course('08-10 06:00:00', [], '08-10 16:59:59'), '08-20 00:00:00')).toEqual(['08-10 08:00 missed'])
    expect(slots(course('08-10 06:00:00', [], '08-10 17:00:00'), '08-20 00:00:00')).toEqual([
      '08-10 08:00 missed',
      '08-10 17:00 met',
    ])
    expect(slots(course('08-10 06:00:00', [], '08-10 17:00:00'), '08-10 16:59:59')).toEqual(['08-10 08:00 missed'])
    expect(slots(course('08-10 06:00:00', [], '08-10 05:00:00'), '08-20 00:00:00')).toEqual([])
  })

  it.each([
    ['at the first report itself', '08-10 06:00:00', ['missed', 'missed']],
    ['a second after the first report', '08-10 06:00:01', ['met', 'missed']],
    ['at the slot', '08-10 08:00:00', ['met', 'missed']],
    ['a second after the slot', '08-10 08:00:01', ['missed', 'met']],
    ['before the first report', '08-10 05:00:00', ['missed', 'missed']],
  ])('a follow-up %s', (_when, time, expected) => {
    const states = slots(course('08-10 06:00:00', [time]), '08-10 17:00:00').map((slot) => slot.slice(12))
    expect(states).toEqual(expected)
  })

  it('names the earliest report that met a slot', () => {
    const event = course('08-10 06:00:00', ['08-10 07:45:00', '08-10 07:15:00', '08-10 07:30:00'])
    expect(listSlots(event, RULE, at('2026-08-10 08:00:00'))[0]?.metBy).toBe(at('2026-08-10 07:15:00'))
  })

  it('cost for the earliest three only, and none is to come after them', () => {
    const event = course('08-10 06:00:00', ['08-10 16:00:00'])
    expect(missed(event, '08-10 07:00:00')).toEqual({ missed: [], next: '08-10 08:00' })
    expect(missed(event, '08-11 08:00:00')).toEqual({ missed: ['08-10 08:00', '08-11 08:00'], next: '08-11 17:00' })
    const three = { missed: ['08-10 08:00', '08-11 08:00', '08-11 17:00'], next: null }
    expect(missed(event, '08-11 17:00:00')).toEqual(three)
    expect(missed(event, '12-31 00:00:00')).toEqual(three)
  })

  it('are listed for a year at the most, and judged all the same', () => {
    const event = course('08-10 06:00:00', ['08-10 16:00:00'])
    expect(listSlots(event, RULE, at('9999-01-01 00:00'))).toHaveLength(MAX_LISTED_SLOTS)
    expect(findMissedSlots(event, RULE, MAX, at('9999-01-01 00:00')).missed).toHaveLength(3)
  })

  it('never is the very second of the first report, which nothing could meet', () => {
    const atOnce = { kind: 'times_of_day', minutes: [8 * 60, 17 * 60], graceSeconds: 0 } as const
    const of = (first: string): string[] =>
      listSlots(course(first, []), atOnce, at('2026-08-10 17:00:00')).map((slot) => toLocalIso(slot.at).slice(11, 16))
    expect(of('08-10 07:59:59')).toEqual(['08:00', '17:00'])
    expect(of('08-10 08:00:00')).toEqual(['17:00'])
  })

  it('may come every so many hours after the first report, whatever the time of day', () => {
    const every = { kind: 'every_hours', hours: 6 } as const
    const event = course('08-10 06:00:01', ['08-10 12:00:01', '08-10 18:00:02'], '08-11 06:00:01')
    expect(listSlots(event, every, at('2026-09-01 00:00'))).toEqual([
      { at: at('2026-08-10 12:00:01'), metBy: at('2026-08-10 12:00:01') },
      { at: at('2026-08-10 18:00:01'), metBy: null },
      { at: at('2026-08-11 00:00:01'), metBy: at('2026-08-10 18:00:02') },
      { at: at('2026-08-11 06:00:01'), metBy: at('2026-08-11 06:00:01') },
    ])
    expect(findMissedSlots(event, every, MAX, at('2026-08-10 18:00:01'))).toEqual({
      missed: [at('2026-08-10 18:00:01')],
      nextAt: Infinity,
    })
  })

  it('may be the end of the day, which is 00:00 of the next', () => {
    const regulation = {
      ...SAMPLE_REGULATION,
      followUps: SAMPLE_REGULATION.followUps.map((rule) => ({
        ...rule,
        schedule: { kind: 'times_of_day', minutes: [12 * 60, 24 * 60], graceSeconds: 0 } as const,
      })),
    }
    const { followUps } = eventRulesOf(regulation, 'III', 'accident', 'county')
    expect(followUps).toEqual({ kind: 'times_of_day', minutes: [0, 720], graceSeconds: 0 })
  })

  it('costs where there is no maximum for a year at the most', () => {
    const reports = [makeReport({ level: 'III', writtenAt: at('2026-07-03 15:00:00') })]
    const endless = { kind: 'per_item', points: 100, max: null, whenMissing: 0 } as const
    const deductions = SAMPLE_REGULATION.deductions.map((rule) =>
      rule.code === 'follow_up_missed' ? { ...rule, shape: endless } : rule,
    )
    const regulation = { ...SAMPLE_REGULATION, deductions }
    const eventCase = toEventCase(reports, regulation, () => 'county')
    const { deductions: lines, nextMissedSlotAt } = judgeEventState(eventCase, regulation, at('9999-12-31 00:00'))
    expect(lines.filter(({ code }) => code === 'follow_up_missed')).toHaveLength(MAX_LISTED_SLOTS)
    expect(nextMissedSlotAt).toBe(Infinity)
  })

  it('costs what is left of a maximum that is no multiple', () => {
    const reports = [makeReport({ level: 'III', writtenAt: at('2026-07-03 15:00:00') })]
    const uneven = { kind: 'per_item', points: 100, max: 250, whenMissing: 0 } as const
    const deductions = SAMPLE_REGULATION.deductions.map((rule) =>
      rule.code === 'follow_up_missed' ? { ...rule, shape: uneven } : rule,
    )
    const regulation = { ...SAMPLE_REGULATION, deductions }
    const eventCase = toEventCase(reports, regulation, () => 'county')
    const lines = judgeEventState(eventCase, regulation, at('2026-12-31 00:00')).deductions
    expect(lines.filter(({ code }) => code === 'follow_up_missed').map(({ points }) => points)).toEqual([100, 100, 50])
  })

  it('does not exist under rules that name no time of day', () => {
    const rule = { ...RULE, minutes: [] }
    const event = course('08-10 06:00:00', [])
    expect(listSlots(event, rule, at('2026-12-31 00:00'))).toEqual([])
    expect(findMissedSlots(event, rule, MAX, at('2026-12-31 00:00'))).toEqual({ missed: [], nextAt: Infinity })
  })
})
