import { describe, expect, it } from 'vitest'
import { ELEMENTS } from '../facts/facts.ts'
import type { Deduction } from '../league/assessment.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { at, makePeriod, makeReport, on } from '../testing/make-facts.ts'
import { type EventJudgement, judgeEvent } from './judge-event.ts'

const occurredAt = at('2026-09-30 23:55:00')
const learnedAt = at('2026-10-01 00:05:00')
const first = makeReport({
  level: 'II',
  occurredAt,
  learnedAt,
  phonedAt: at('2026-10-01 00:10:01'),
  writtenAt: at('2026-10-01 01:30:01'),
  elements: ['source', 'place'],
})
const upgrade = makeReport({
  ...first,
  stage: 'follow_up',
  sequence: 1,
  level: 'I',
  phonedAt: at('2026-10-01 02:00:00'),
  writtenAt: at('2026-10-01 07:00:00'),
  elements: ['cause'],
})

function judge(asOf: string, periods = [makePeriod()]): EventJudgement {
  return judgeEvent([upgrade, first], { periods, regulation: SAMPLE_REGULATION, asOf: at(asOf) })
}

function line(
  dimension: Deduction['dimension'],
  code: Deduction['code'],
  clause: string,
  points: number,
  time: string,
): Deduction {
  return { dimension, code, points, ref: 'E1', at: at(time), clause, zeroesMonth: false }
}

describe('an event as its timeline draws it', () => {
  it('has clocks, slots, elements and what each costs', () => {
    expect(judge('2026-10-02 12:00:00')).toEqual({
      eventCode: 'E1',
      unitCode: 'U01',
      quarter: '2026Q3',
      standing: 'counts',
      judged: first,
      level: 'II',
      levelChanged: true,
      clock: { startsAt: 'occurred_at', at: occurredAt, citation: '河南应急厅 2019' },
      written: {
        limitSeconds: 2100,
        ruleDueAt: at('2026-10-01 00:30:00'),
        dueAt: at('2026-10-01 00:30:00'),
        at: first.writtenAt,
        outcome: 'late',
        lateSeconds: 3601,
        startedHours: 2,
      },
      phone: {
        limitSeconds: 900,
        ruleDueAt: at('2026-10-01 00:10:00'),
        dueAt: at('2026-10-01 00:10:00'),
        at: first.phonedAt,
        outcome: 'late',
        lateSeconds: 1,
        metByWritten: false,
      },
      final: null,
      preReport: null,
      reopenings: [],
      slots: [
        { at: at('2026-10-01 08:00:00'), metBy: upgrade.writtenAt },
        { at: at('2026-10-01 17:00:00'), metBy: null },
        { at: at('2026-10-02 08:00:00'), metBy: null },
      ],
      completeness: {
        judgedAt: at('2026-10-02 01:30:01'),
        isJudged: true,
        given: ['source', 'place', 'cause'],
        missing: ELEMENTS.filter((element) => !['source', 'place', 'cause'].includes(element)),
        part: 3,
        whole: 12,
      },
      deductions: [
        line('timeliness', 'phone_late', '5-A-1', 100, '2026-10-01 00:10:00'),
        line('timeliness', 'written_late', '5-A-3', 200, '2026-10-01 00:30:00'),
        line('timeliness', 'follow_up_missed', '5-A-5', 100, '2026-10-01 17:00:00'),
        line('completeness', 'element_missing', '5-B-1', 400, '2026-10-02 01:30:01'),
        line('timeliness', 'follow_up_missed', '5-A-5', 100, '2026-10-02 08:00:00'),
      ],
    })
  })

  it('owes nothing before it is known, though its limits may have passed', () => {
    const late = { ...first, learnedAt: at('2026-10-01 03:00:00'), phonedAt: null, writtenAt: null }
    const states = ['2026-10-01 02:59:59', '2026-10-01 03:00:00'].map((asOf) =>
      judgeEvent([late], { periods: [makePeriod()], regulation: SAMPLE_REGULATION, asOf: at(asOf) }),
    )
    expect(states.map(({ standing }) => standing)).toEqual(['not_yet_known', 'counts'])
    expect(states.map(({ written }) => written.outcome)).toEqual(['not_yet_due', 'missing'])
    expect(states.map(({ phone }) => phone?.outcome)).toEqual(['not_yet_due', 'missing'])
    expect(states.map(({ deductions }) => deductions.map(({ code }) => code))).toEqual([
      [],
      ['phone_missing', 'written_missing', 'element_missing'],
    ])
  })

  it('owes nothing when the unit is closed on the day the clock starts, and does when it closes the next', () => {
    const closed = judge('2026-10-02 12:00:00', [makePeriod({ validTo: on('2026-09-30') })])
    expect(closed).toMatchObject({ standing: 'unit_closed', deductions: [], written: { outcome: 'late' } })
    const open = judge('2026-10-02 12:00:00', [makePeriod({ validTo: on('2026-10-01') })])
    expect([open.standing, open.deductions.length]).toEqual(['counts', 5])
  })

  it('is flagged from the first written or telephoned row of another level on', () => {
    expect(judge('2026-10-01 01:59:59').levelChanged).toBe(false)
    expect(judge('2026-10-01 02:00:00').levelChanged).toBe(true)
    const silent = { ...upgrade, phonedAt: null, writtenAt: null }
    const context = { periods: [makePeriod()], regulation: SAMPLE_REGULATION, asOf: at('2027-01-01 00:00') }
    expect(judgeEvent([first, silent], context).levelChanged).toBe(false)
    expect(judgeEvent([first, { ...upgrade, level: 'II' }], context).levelChanged).toBe(false)
  })

  it('counts no elements until they are judged', () => {
    const { completeness, deductions } = judge('2026-10-02 01:30:00')
    expect(completeness).toMatchObject({ isJudged: false, part: 0, whole: 0, given: ['source', 'place', 'cause'] })
    expect(deductions.map(({ code }) => code)).not.toContain('element_missing')
  })

  it('has no slots without a written first report, nor at level IV', () => {
    const unwritten = { ...first, writtenAt: null }
    const context = { periods: [makePeriod()], regulation: SAMPLE_REGULATION, asOf: at('2027-01-01 00:00') }
    expect(judgeEvent([unwritten, upgrade], context).slots).toEqual([])
    expect(judgeEvent([{ ...first, level: 'IV' }], context)).toMatchObject({ slots: [], phone: null })
  })

  it('has no elements where the rules ask for none of the first report', () => {
    const completeness = SAMPLE_REGULATION.completeness.map((rule) => ({ ...rule, stage: 'final' as const }))
    const regulation = { ...SAMPLE_REGULATION, completeness }
    const context = { periods: [makePeriod()], regulation, asOf: at('2027-01-01 00:00') }
    const nothing = { judgedAt: null, isJudged: false, given: [], missing: [], part: 0, whole: 0 }
    expect(judgeEvent([first], context).completeness).toEqual(nothing)
    const final = { ...first, stage: 'final', writtenAt: at('2026-10-02 00:00:00'), elements: ['cause'] } as const
    expect(judgeEvent([first, final], context).completeness).toEqual({ ...nothing, part: 3, whole: 12 })
  })

  it('brings no line for what the rules put no points on', () => {
    const free = SAMPLE_REGULATION.deductions.map((rule) => {
      const { shape } = rule
      return { ...rule, shape: 'points' in shape ? { ...shape, points: 0 } : shape }
    })
    for (const deductions of [free, []]) {
      const regulation = { ...SAMPLE_REGULATION, deductions }
      const context = { periods: [makePeriod()], regulation, asOf: at('2027-01-01 00:00') }
      expect(judgeEvent([first], context).deductions).toEqual([])
    }
  })
})
