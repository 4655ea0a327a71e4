import { describe, expect, it } from 'vitest'
import { DAY_MS, SECOND_MS } from '../calendar/local-time.ts'
import { toQuarter } from '../calendar/quarter.ts'
import { ELEMENTS, type UnitFacts } from '../facts/facts.ts'
import { SAMPLE_HOLIDAYS } from '../regulation/samples/sample-holidays.ts'
import { SAMPLE_REGULATION } from '../regulation/samples/sample-regulation.ts'
import {
  at,
  makeBonus,
  makeCheck,
  makeFacts,
  makeMisreport,
  makePeriod,
  makeReport,
  on,
} from '../testing/make-facts.ts'
import {
  addEvent,
  type AssessmentContext,
  assessUnit,
  compareDeductions,
  finishAssessment,
  startAssessment,
} from './assess-unit.ts'
import type { UnitAssessment } from './assessment.ts'

const RULES = { quarter: toQuarter('2026Q3'), regulation: SAMPLE_REGULATION, holidays: SAMPLE_HOLIDAYS }
const END = at('2026-10-05 00:00')
const NO_HOLIDAYS: Omit<AssessmentContext, 'asOf'> = { ...RULES, holidays: [] }

function assess(change: Partial<UnitFacts>, asOf = END): UnitAssessment {
  return assessUnit(makeFacts(change), { ...NO_HOLIDAYS, asOf })
}

function lines({ deductions }: UnitAssessment): string[] {
  return deductions.map(({ code, points, ref }) => `${ref} ${code} ${points / 100}`)
}

const whole = makeReport({ writtenAt: at('2026-07-03 15:00:00'), elements: [...ELEMENTS] })
const late = makeReport({ ...whole, eventCode: 'E2', writtenAt: at('2026-07-03 17:05:31') })
const missing = makeReport({ eventCode: 'E3' })

describe('a unit’s quarter', () => {
  it('worked example: one report in time, one two hours late, one missing', () => {
    const assessment = assess({ reports: [whole, late, missing] })
    expect(assessment).toMatchObject({
      timeliness: { onTime: 1, late: 1, missing: 1, notYetDue: 0, owed: 3 },
      completeness: { part: 24, whole: 36 },
      dimensions: { timeliness: 2000, completeness: 1600, truthfulness: 2000, discipline: 2000, filing: 1000 },
      lost: { timeliness: 1000, completeness: 400, truthfulness: 0, discipline: 0, filing: 0 },
      score: 8600,
      grade: 'good',
      isCommendable: true,
      deductionCount: 3,
    })
    expect(lines(assessment)).toEqual(['E3 element_missing 4', 'E2 written_late 2', 'E3 written_missing 8'])
  })

  it('stops each dimension at 0 and lists what was lost beyond', () => {
    const reports = ['A', 'B', 'C', 'D', 'E', 'F'].map((eventCode) => makeReport({ eventCode }))
    const assessment = assess({ reports })
    expect(assessment.lost).toMatchObject({ timeliness: 4800, completeness: 2400 })
    expect(assessment.dimensions).toMatchObject({ timeliness: 0, completeness: 0 })
    expect([assessment.score, assessment.grade, assessment.isCommendable]).toEqual([5000, 'poor', false])
    expect(assessment.deductions).toHaveLength(12)
  })

  it('takes the events whose clock starts in it, to the second', () => {
    const owedAt = (clock: string): number => {
      const learnedAt = at(clock)
      return assess({ reports: [makeReport({ occurredAt: learnedAt, learnedAt })] }).timeliness.owed
    }
    const edges = ['2026-06-30 23:59:59', '2026-07-01 00:00:00', '2026-09-30 23:59:59', '2026-10-01 00:00:00']
    expect(edges.map(owedAt)).toEqual([0, 1, 1, 0])
  })

  it('knows an event from the second it was learned', () => {
    const reports = [
      makeReport({ level: 'I', occurredAt: at('2026-09-30 23:00:00'), learnedAt: at('2026-10-04 08:00:00') }),
    ]
    expect(assess({ reports }, at('2026-10-04 07:59:59'))).toMatchObject({ isMeasured: false, deductions: [] })
    expect(assess({ reports }, at('2026-10-04 08:00:00')).timeliness).toMatchObject({ missing: 1, owed: 1 })
  })

  it('is not measured without an event owed or a check, and keeps its points, bonus and deductions', () => {
    const assessment = assess({ misreports: [makeMisreport()], bonuses: [makeBonus()] })
    expect(assessment).toMatchObject({ isMeasured: false, score: null, grade: null, isCommendable: false, bonus: 100 })
    expect(assessment.dimensions.truthfulness).toBe(1600)
    expect(lines(assessment)).toEqual(['M1 understated 4'])
  })

  it('is measured by one check, from its very second', () => {
    const checks = [makeCheck()]
    expect(assess({ checks }, at('2026-08-01 08:59:59'))).toMatchObject({
      score: null,
      checks: { passed: 0, total: 0 },
    })
    expect(assess({ checks }, at('2026-08-01 09:00:00'))).toMatchObject({
      score: 10_000,
      checks: { passed: 1, total: 1 },
    })
  })

  it('counts checks of the quarter while the unit is open', () => {
    const times = [
      '2026-06-30 23:59:59',
      '2026-07-01 00:00:00',
      '2026-08-15 00:00:00',
      '2026-09-30 23:59:59',
      '2026-10-01 00:00:00',
    ]
    const checks = times.map((time, index) => makeCheck({ checkCode: `K${index}`, checkedAt: at(time) }))
    expect(assess({ checks }).checks).toEqual({ passed: 3, total: 3 })
    const periods = [makePeriod({ validTo: on('2026-08-15') })]
    expect(assess({ checks, periods }).checks).toEqual({ passed: 1, total: 1 })
  })

  it('commends from three events on, with a grade of excellent or good', () => {
    const three = ['A', 'B', 'C'].map((eventCode) => ({ ...whole, eventCode }))
    expect(assess({ reports: three }).isCommendable).toBe(true)
    expect(assess({ reports: three.slice(1) }).isCommendable).toBe(false)
    const misreports = [makeMisreport({ kind: 'concealed' })]
    expect(assess({ reports: three, misreports })).toMatchObject({ grade: 'poor', score: 8000, isCommendable: false })
  })

  it('flags a change of level of an event that counts', () => {
    const change = { ...whole, stage: 'final', level: 'III' } as const
    expect(assess({ reports: [whole, change] }).flags).toEqual(['level_changed'])
    const periods = [makePeriod({ validFrom: on('2026-07-04') })]
    expect(assess({ reports: [whole, change], periods }).flags).toEqual([])
  })

  it('judges the moment by its whole second', () => {
    const due = at('2026-07-03 16:05:30')
    expect(assess({ reports: [missing] }, due + 999)).toMatchObject({ asOf: due, timeliness: { notYetDue: 1 } })
  })

  it('refuses facts of another unit, and a list that was not kept', () => {
    const other = { unitCode: 'U02' }
    expect(() => assess({ reports: [makeReport(other)] })).toThrow(RangeError)
    expect(() => assess({ checks: [makeCheck(other)] })).toThrow(RangeError)
    const context = { ...NO_HOLIDAYS, asOf: END }
    const lean = addEvent(startAssessment(makeFacts(), context, { keepsDeductions: false }), [missing])
    expect(() => finishAssessment(lean)).toThrow(RangeError)
  })
})

describe('misreports (docs/indicators/truthfulness.md)', () => {
  it('worked example: a concealed event costs under truthfulness alone and stays in the counts', () => {
    const misreports = [
      makeMisreport({ confirmedOn: on('2026-07-01') }),
      makeMisreport({ misreportCode: 'M2', kind: 'concealed', eventCode: 'E3', confirmedOn: on('2026-09-30') }),
    ]
    const assessment = assess({ reports: [whole, missing], misreports })
    expect(lines(assessment)).toEqual(['M1 understated 4', 'M2 concealed 20'])
    expect(assessment).toMatchObject({
      timeliness: { onTime: 1, missing: 1, owed: 2 },
      completeness: { part: 12, whole: 24 },
      lost: { truthfulness: 2400 },
      dimensions: { timeliness: 3000, completeness: 2000, truthfulness: 0 },
      score: 8000,
      grade: 'poor',
    })
  })

  it.each([
    ['understated', 4, false],
    ['false', 8, false],
    ['omitted', 12, true],
    ['concealed', 20, true],
  ] as const)('%s costs %i, replaces what its event costs: %s', (kind, points, isAbsorbed) => {
    const listed = lines(assess({ reports: [missing], misreports: [makeMisreport({ kind, eventCode: 'E3' })] }))
    const event = isAbsorbed ? [] : ['E3 element_missing 4', 'E3 written_missing 8']
    expect(listed).toEqual([...event, `M1 ${kind} ${points}`])
  })

  it('may cost less than what they replace: 13 for a grave event that never came, 12 once it is omitted', () => {
    const reports = [makeReport({ eventCode: 'E3', level: 'II' })]
    const misreports = [makeMisreport({ kind: 'omitted', eventCode: 'E3' })]
    expect([assess({ reports }).score, assess({ reports, misreports }).score]).toEqual([87_00, 88_00])
  })

  it('belong to the quarter of their date, count from its 00:00, and only then replace anything', () => {
    const count = (confirmedOn: string, asOf = END): number =>
      assess(
        {
          reports: [missing],
          misreports: [makeMisreport({ kind: 'omitted', eventCode: 'E3', confirmedOn: on(confirmedOn) })],
        },
        asOf,
      ).lost.timeliness
    expect(['2026-06-30', '2026-07-01', '2026-09-30', '2026-10-01'].map((date) => count(date))).toEqual([
      800, 0, 0, 800,
    ])
    expect(count('2026-08-20', at('2026-08-19 23:59:59'))).toBe(800)
    expect(count('2026-08-20', at('2026-08-20 00:00:00'))).toBe(0)
  })

  it('and bonuses count also on a day the unit is closed', () => {
    const periods = [makePeriod({ validFrom: on('2026-09-01') })]
    expect(assess({ periods, misreports: [makeMisreport()], bonuses: [makeBonus()] })).toMatchObject({
      lost: { truthfulness: 400 },
      bonus: 100,
    })
  })

  it('without points in the rules bring no line', () => {
    const { deductions } = SAMPLE_REGULATION
    const others = deductions.filter(({ code }) => code !== 'understated')
    const free = deductions.map((rule) =>
      rule.code === 'understated' ? { ...rule, shape: { kind: 'fixed', points: 0 } as const } : rule,
    )
    const facts = makeFacts({ misreports: [makeMisreport()] })
    for (const rules of [others, free]) {
      const regulation = { ...SAMPLE_REGULATION, deductions: rules }
      expect(assessUnit(facts, { ...NO_HOLIDAYS, regulation, asOf: END }).deductions).toEqual([])
    }
  })
})

describe('bonuses (docs/indicators/bonus.md)', () => {
  it('worked example: 3 + 1 + 4 are 5 at the most, and the grade does not see them', () => {
    const bonuses = (['instruction_city', 'media', 'instruction_province'] as const).map((kind, index) =>
      makeBonus({ bonusCode: `B${index}`, kind }),
    )
    const checks = [makeCheck({ findings: ['absent', 'no_answer', 'unfamiliar'] })]
    expect(assess({ checks, bonuses: bonuses.slice(0, 2) })).toMatchObject({ bonus: 400, score: 9300, grade: 'good' })
    expect(assess({ checks, bonuses })).toMatchObject({ bonus: 500, score: 9400, grade: 'good' })
  })

  it('belong to the quarter of their date and count from its 00:00', () => {
    const bonusOf = (awardedOn: string, asOf = END): number =>
      assess({ bonuses: [makeBonus({ awardedOn: on(awardedOn) })] }, asOf).bonus
    expect(['2026-06-30', '2026-07-01', '2026-09-30', '2026-10-01'].map((date) => bonusOf(date))).toEqual([
      0, 100, 100, 0,
    ])
    expect(bonusOf('2026-08-01', at('2026-07-31 23:59:59'))).toBe(0)
    expect(bonusOf('2026-08-01', at('2026-08-01 00:00:00'))).toBe(100)
  })
})

describe('the list of deductions', () => {
  it('is sorted by dimension, ref, code and at, and holds one entry per form', () => {
    const reports = [
      makeReport({ eventCode: 'E10', level: 'III', writtenAt: at('2026-07-03 15:05:31'), elements: [...ELEMENTS] }),
      makeReport({ eventCode: 'E1', level: 'II' }),
    ]
    const checks = [makeCheck({ findings: ['no_answer', 'absent'] })]
    const assessment = assessUnit(makeFacts({ reports, checks, misreports: [makeMisreport()] }), {
      ...RULES,
      asOf: END,
    })
    expect(lines(assessment)).toEqual([
      'E1 element_missing 4',
      'K1 absent 5',
      'K1 no_answer 5',
      '2026-中秋节/roster filing_missing 1',
      '2026-中秋节/whereabouts filing_missing 1',
      '2026-国庆节/roster filing_missing 1',
      '2026-国庆节/whereabouts filing_missing 1',
      'E1 phone_missing 1',
      'E1 written_missing 8',
      'E10 follow_up_missed 1',
      'E10 follow_up_missed 1',
      'E10 follow_up_missed 1',
      'E10 written_late 1',
      'M1 understated 4',
    ])
    const slots = assessment.deductions.filter(({ code }) => code === 'follow_up_missed').map((entry) => entry.at)
    expect(slots).toEqual([at('2026-07-04 08:00'), at('2026-07-04 17:00'), at('2026-07-05 08:00')])
    expect(assessment.filings).toEqual({ onTime: 0, late: 0, missing: 4, notYetDue: 0, owed: 4 })
  })
})

it('entries of one event and code are ordered by their instant', () => {
  const kept = { points: 100, ref: 'E1', clause: '5-A-5', zeroesMonth: false }
  const entry = { dimension: 'timeliness', code: 'follow_up_missed', ...kept } as const
  expect(compareDeductions({ ...entry, at: 1 }, { ...entry, at: 2 })).toBeLessThan(0)
  expect(compareDeductions({ ...entry, at: 2 }, { ...entry, at: 1 })).toBeGreaterThan(0)
})

describe('how long a quarter stays as it is', () => {
  function steady(change: Partial<UnitFacts>, asOf: string, rules = NO_HOLIDAYS): [number, number] {
    const { steadyFrom, steadyUntil } = assessUnit(makeFacts(change), { ...rules, asOf: at(asOf) })
    return [steadyFrom, steadyUntil]
  }
  const due = at('2026-07-03 16:05:30')

  it('without facts: always', () => {
    expect(steady({}, '2026-08-01 00:00')).toEqual([-Infinity, Infinity])
  })

  it('a report on time: from its second until its elements are judged, then for ever', () => {
    const { learnedAt } = whole
    const writtenAt = at('2026-07-03 15:00:00')
    expect(steady({ reports: [whole] }, '2026-07-01 00:00')).toEqual([-Infinity, learnedAt])
    expect(steady({ reports: [whole] }, '2026-07-03 14:59:59')).toEqual([learnedAt, writtenAt])
    expect(steady({ reports: [whole] }, '2026-07-03 16:05:31')).toEqual([writtenAt, writtenAt + DAY_MS])
    expect(steady({ reports: [whole] }, '2026-07-04 15:00:00')).toEqual([writtenAt + DAY_MS, Infinity])
  })

  it('a missing report: from the second after its limit, for ever', () => {
    expect(steady({ reports: [missing] }, '2026-07-03 16:05:30')).toEqual([missing.learnedAt, due + SECOND_MS])
    expect(steady({ reports: [missing] }, '2026-07-03 16:05:31')).toEqual([due + SECOND_MS, Infinity])
  })

  it('a report or call at its limit: the limit itself changes nothing any more', () => {
    expect(steady({ reports: [{ ...whole, writtenAt: due }] }, '2026-07-03 16:05:30')).toEqual([due, due + DAY_MS])
    const grave = makeReport({ level: 'II', elements: [...ELEMENTS] })
    const phoneDue = at('2026-07-03 14:20:30')
    const writtenDue = at('2026-07-03 14:40:30')
    const called = { ...grave, phonedAt: phoneDue }
    expect(steady({ reports: [called] }, '2026-07-03 14:20:30')).toEqual([phoneDue, writtenDue + SECOND_MS])
    const inWriting = { ...grave, writtenAt: phoneDue, phonedAt: at('2026-07-03 14:30:00') }
    expect(steady({ reports: [inWriting] }, '2026-07-03 14:20:30')).toEqual([phoneDue, at('2026-07-03 17:00')])
  })

  it('a call not made or too late: at its limit and when it comes', () => {
    const silent = makeReport({ level: 'II' })
    const phoneDue = at('2026-07-03 14:20:30')
    expect(steady({ reports: [silent] }, '2026-07-03 14:20:30')).toEqual([silent.learnedAt, phoneDue + SECOND_MS])
    const called = { ...silent, phonedAt: at('2026-07-03 14:30:00') }
    expect(steady({ reports: [called] }, '2026-07-03 14:20:31')).toEqual([phoneDue + SECOND_MS, called.phonedAt])
  })

  it('an open course of follow-ups: until the next slot that nobody met', () => {
    const rows = [
      makeReport({ level: 'III', writtenAt: at('2026-07-03 15:00:00'), elements: [...ELEMENTS] }),
      makeReport({ level: 'III', stage: 'follow_up', sequence: 1, writtenAt: at('2026-07-04 16:00:00') }),
    ]
    expect(steady({ reports: rows }, '2026-07-04 17:00')).toEqual([at('2026-07-04 15:00'), at('2026-07-05 08:00')])
    expect(steady({ reports: rows }, '2026-07-05 08:00')).toEqual([at('2026-07-05 08:00'), Infinity])
  })

  it('forms: until their receipt or the end of their due day', () => {
    const filings = [
      { unitCode: 'U01', holidayYear: 2026, holidayName: '中秋节', form: 'roster', receivedAt: at('2026-09-19 12:00') },
    ] as const
    const rules = { ...RULES, holidays: SAMPLE_HOLIDAYS.filter(({ name }) => name === '中秋节') }
    expect(steady({ filings }, '2026-09-01 00:00', rules)).toEqual([-Infinity, at('2026-09-19 12:00')])
    expect(steady({ filings }, '2026-09-20 00:00', rules)).toEqual([at('2026-09-19 12:00'), at('2026-09-21 00:00')])
    expect(steady({ filings }, '2026-09-21 00:00', rules)).toEqual([at('2026-09-21 00:00'), Infinity])
  })

  it('checks, misreports, bonuses of the quarter: from their own moment', () => {
    const facts = { checks: [makeCheck()], misreports: [makeMisreport()], bonuses: [makeBonus()] }
    expect(steady(facts, '2026-07-01 00:00')).toEqual([-Infinity, at('2026-08-01 00:00')])
    expect(steady(facts, '2026-08-01 08:59:59')).toEqual([at('2026-08-01 00:00'), at('2026-08-01 09:00')])
    expect(steady(facts, '2026-08-19 00:00')).toEqual([at('2026-08-01 09:00'), at('2026-08-20 00:00')])
    expect(steady(facts, '2026-08-20 00:00')).toEqual([at('2026-08-20 00:00'), Infinity])
  })
})
