import { describe, expect, it } from 'vitest'
import { HOUR_MS, SECOND_MS } from '../calendar/local-time.ts'
import { toQuarter } from '../calendar/quarter.ts'
import type { UnitFacts } from '../facts/facts.ts'
import type { Regulation } from '../regulation/regulation.ts'
import { HUNAN } from '../regulation/samples/hunan.ts'
import { MEIZHOU } from '../regulation/samples/meizhou.ts'
import { deduction, EVERY, fixed } from '../regulation/samples/rule-makers.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import { at, makeCheck, makeFacts, makeMisreport, makeReport, on } from '../testing/make-facts.ts'
import { assessUnit } from './assess-unit.ts'
import type { UnitAssessment } from './assessment.ts'

const END = '2026-10-05 00:00:00'

function assess(regulation: Regulation, change: Partial<UnitFacts>, asOf = END): UnitAssessment {
  const context = { quarter: toQuarter('2026Q3'), regulation, holidays: [], asOf: at(asOf) }
  return assessUnit(makeFacts(change), context)
}

const steadyOf = ({ steadyFrom, steadyUntil }: UnitAssessment): [number, number] => [steadyFrom, steadyUntil]
const first = makeReport({ writtenAt: at('2026-07-03 15:00:00') })

describe('a veto', () => {
  it('may bar the commendation and leave the grade', () => {
    const vetoes = [
      { clause: '5-G-1', misreports: ['false'], atLeast: 1, gradeCap: 'excellent', barsCommendation: true },
    ] as const
    const regulation = {
      ...SAMPLE_REGULATION,
      vetoes,
      commendation: { ...SAMPLE_REGULATION.commendation, minEventsOwed: 0 },
    }
    const checks = [makeCheck()]
    expect(assess(regulation, { checks })).toMatchObject({ grade: 'excellent', isCommendable: true })
    expect(assess(regulation, { checks, misreports: [makeMisreport({ kind: 'false' })] })).toMatchObject({
      grade: 'excellent',
      isCommendable: false,
    })
  })
})

describe('a month made nothing', () => {
  it('is that in which the fault falls, and the quarter is flagged', () => {
    const deductions = [deduction('absent', '1', 'discipline', { kind: 'zero_month' })]
    const regulation = { ...HUNAN, deductions }
    const checks = [makeCheck({ checkedAt: at('2026-07-31 23:59:59'), findings: ['absent'] })]
    const absent = assess(regulation, { checks })
    expect(absent).toMatchObject({ score: 40_00, flags: ['month_zeroed'], lost: { discipline: 0 }, deductionCount: 1 })
    const again = { ...makeCheck({ checkCode: 'K2', checkedAt: at('2026-08-01 00:00:00'), findings: ['absent'] }) }
    expect(assess(regulation, { checks: [...checks, again] }).score).toBe(20_00)
  })

  it('may be that of a misreport', () => {
    const deductions = [deduction('concealed', '1', 'timeliness', { kind: 'zero_month' })]
    const regulation = { ...HUNAN, deductions, absorbingMisreports: ['concealed'] } as const
    const facts = { checks: [makeCheck()], misreports: [makeMisreport({ kind: 'concealed' })] }
    expect(assess(regulation, facts)).toMatchObject({
      score: 40_00,
      flags: ['month_zeroed'],
      deductions: [{ code: 'concealed', points: 0, zeroesMonth: true }],
    })
  })
})

describe('what an item scored', () => {
  const adoptions = [{ unitCode: 'U01', eventCode: 'E1', use: 'special_report', usedOn: on('2026-08-01') }] as const

  it('is known from the day of its use, and so is the share of it that a misreport costs', () => {
    const misreports = [makeMisreport({ eventCode: 'E1', confirmedOn: on('2026-07-20') })]
    const before = assess(MEIZHOU, { reports: [first], adoptions, misreports }, '2026-07-31 23:59:59')
    expect(before).toMatchObject({ items: { count: 0, points: 0 }, score: null, deductions: [] })
    expect(steadyOf(before)).toEqual([at('2026-07-20 00:00'), at('2026-08-01 00:00')])
    const after = assess(MEIZHOU, { reports: [first], adoptions, misreports }, '2026-08-01 00:00:00')
    expect(after).toMatchObject({ items: { count: 1, points: 5_00 }, score: 2_50, lost: { truthfulness: 2_50 } })
    expect(after.steadyFrom).toBe(at('2026-08-01 00:00'))
    const alone = { reports: [first], adoptions }
    expect(assess(MEIZHOU, alone, '2026-07-31 23:59:59').steadyUntil).toBe(at('2026-08-01 00:00'))
  })

  it('is known of an event of another quarter too, which a misreport of this one is about', () => {
    const misreports = [makeMisreport({ eventCode: 'E1', confirmedOn: on('2026-07-20') })]
    const before = assess(MEIZHOU, { adoptions, misreports }, '2026-07-31 23:59:59')
    expect([before.lost.truthfulness, before.steadyUntil]).toEqual([0, at('2026-08-01 00:00')])
    const after = assess(MEIZHOU, { adoptions, misreports }, '2026-08-01 00:00:00')
    expect([after.lost.truthfulness, after.steadyFrom, after.score]).toEqual([2_50, at('2026-08-01 00:00'), -2_50])
  })

  it('is no part of a method without items', () => {
    expect(assess(SAMPLE_REGULATION, { reports: [first], adoptions })).toMatchObject({ items: null, isMeasured: true })
  })
})

describe('how long a quarter stays as it is', () => {
  const limit = { ...EVERY, clause: '5-T-2', stage: 'final', channel: 'written', limitSeconds: 48 * 3600 } as const
  const withFinal: Regulation = {
    ...SAMPLE_REGULATION,
    completeness: [],
    deadlines: [...SAMPLE_REGULATION.deadlines, limit],
    deductions: [...SAMPLE_REGULATION.deductions, deduction('final_missing', '5-A-4', 'timeliness', fixed(3_00))],
  }
  const finalDue = at('2026-07-05 15:00:00')
  const final = (writtenAt: number) => makeReport({ stage: 'final', writtenAt })

  it('a final report: until its coming, and until its limit unless it is in time', () => {
    const steady = (writtenAt: number | null, asOf: string): [number, number] => {
      const reports = writtenAt === null ? [first] : [first, final(writtenAt)]
      return steadyOf(assess(withFinal, { reports }, asOf))
    }
    const { writtenAt } = first
    expect(steady(null, '2026-07-04 00:00:00')).toEqual([writtenAt, finalDue + SECOND_MS])
    expect(steady(null, '2026-07-06 00:00:00')).toEqual([finalDue + SECOND_MS, Infinity])
    expect(steady(finalDue + HOUR_MS, '2026-07-05 15:30:00')).toEqual([finalDue + SECOND_MS, finalDue + HOUR_MS])
    expect(steady(finalDue + HOUR_MS, '2026-07-06 00:00:00')).toEqual([finalDue + HOUR_MS, Infinity])
    expect(steady(finalDue, '2026-07-04 00:00:00')).toEqual([writtenAt, finalDue])
  })

  it('the elements of a later report: from the end of the window after it', () => {
    const completeness = SAMPLE_REGULATION.completeness.map((rule) => ({ ...rule, stage: 'follow_up' as const }))
    const regulation = { ...SAMPLE_REGULATION, completeness }
    const reports = [
      first,
      makeReport({ stage: 'follow_up', sequence: 1, writtenAt: at('2026-07-04 09:00:00') }),
      makeReport({ stage: 'follow_up', sequence: 2 }),
      final(at('2026-07-04 20:00:00')),
    ]
    const judgedAt = at('2026-07-05 09:00:00')
    expect(assess(regulation, { reports }, '2026-07-03 20:00:00').steadyUntil).toBe(judgedAt)
    const before = assess(regulation, { reports }, '2026-07-05 08:59:59')
    expect([before.completeness, before.steadyUntil]).toEqual([{ part: 0, whole: 0 }, judgedAt])
    const after = assess(regulation, { reports }, '2026-07-05 09:00:00')
    expect([after.completeness, ...steadyOf(after)]).toEqual([{ part: 0, whole: 12 }, judgedAt, Infinity])
  })

  it('what is on record beside the reports: from when it was sent or made', () => {
    const preReports = [{ unitCode: 'U01', eventCode: 'E1', sentAt: at('2026-07-03 14:30:00'), reason: '道路中断' }]
    const made = { unitCode: 'U01', until: at('2026-09-25 00:00:00'), reopenedBy: '李主任', reason: '系统停运' }
    const reopenings = [
      { ...made, obligation: 'written', ref: 'E1', reopenedAt: at('2026-07-03 14:40:00') },
      { ...made, obligation: 'filing', ref: '2026-中秋节/roster', reopenedAt: at('2026-09-22 10:00:00') },
    ] as const
    const steady = (asOf: string): [number, number] => {
      const regulation = { ...SAMPLE_REGULATION, completeness: [] }
      const holidays = SAMPLE_HOLIDAYS.filter(({ name }) => name === '中秋节')
      const context = { quarter: toQuarter('2026Q3'), regulation, holidays, asOf: at(asOf) }
      return steadyOf(assessUnit(makeFacts({ reports: [first], preReports, reopenings }), context))
    }
    expect(steady('2026-07-03 14:20:00')).toEqual([first.learnedAt, at('2026-07-03 14:30:00')])
    expect(steady('2026-07-03 14:30:00')).toEqual([at('2026-07-03 14:30:00'), at('2026-07-03 14:40:00')])
    expect(steady('2026-09-21 12:00:00')).toEqual([at('2026-09-21 00:00:00'), at('2026-09-22 10:00:00')])
    expect(steady('2026-09-25 00:00:01')).toEqual([at('2026-09-25 00:00:01'), Infinity])
  })
})
