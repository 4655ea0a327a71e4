import { describe, expect, it } from 'vitest'
import { DEDUCTION_CODES } from '../league/assessment.ts'
import { clauseOf } from './clause.ts'
import { SAMPLE_HOLIDAYS } from './sample-holidays.ts'
import { SAMPLE_REGULATION } from './sample-regulation.ts'

const { bonus, deadlines, deduction } = SAMPLE_REGULATION

describe('the sample rules hold the figures of contract §5', () => {
  it('is named, versioned and marked as no office’s rule', () => {
    expect(SAMPLE_REGULATION).toMatchObject({
      id: 'sample',
      version: '2026-1',
      title: '示例规则 2026-1',
      notice: '示例，非任何单位的正式办法',
      effectiveFrom: null,
    })
  })

  it.each([
    ['I', 15 * 60, 35 * 60, 'occurred_at', true, '河南应急厅 2019'],
    ['II', 15 * 60, 35 * 60, 'occurred_at', true, '河南应急厅 2019'],
    ['III', null, 60 * 60, 'learned_at', true, '武汉 武政〔2020〕27号'],
    ['IV', null, 120 * 60, 'learned_at', false, '武汉 武政〔2020〕27号'],
  ] as const)(
    'level %s: call, written report, clock, follow-ups',
    (level, phone, written, clock, follows, citation) => {
      expect(deadlines[level]).toEqual({
        phoneLimitSeconds: phone,
        writtenLimitSeconds: written,
        clockStartsAt: clock,
        owesFollowUps: follows,
        citation,
      })
    },
  )

  it('owes follow-ups at 08:00 and 17:00, from two hours after the first report, at most three counted', () => {
    expect(SAMPLE_REGULATION.followUp).toEqual({ slotMinutes: [480, 1020], graceSeconds: 7200, maxMissedPerEvent: 3 })
  })

  it('judges elements 24 hours after the first report', () => {
    expect(SAMPLE_REGULATION.completeness).toEqual({ judgedAfterSeconds: 86_400 })
  })

  it('starts from 30, 20, 20, 20 and 10 points: 100', () => {
    const { base } = SAMPLE_REGULATION
    expect(base).toEqual({ timeliness: 3000, completeness: 2000, truthfulness: 2000, discipline: 2000, filing: 1000 })
  })

  it('deducts under A, B and E', () => {
    expect(deduction).toMatchObject({
      phone: 100,
      writtenLatePerStartedHour: 100,
      writtenLateMax: 500,
      writtenMissing: 800,
      followUpMissed: 100,
      elementMissing: 100,
      elementMissingMax: 400,
      eventMissingElements: 400,
      filingLate: 50,
      filingMissing: 100,
    })
  })

  it('deducts under C, and an omitted or concealed event is not deducted twice', () => {
    expect(deduction.misreport).toEqual({ understated: 400, false: 800, omitted: 1200, concealed: 2000 })
    expect(SAMPLE_REGULATION.absorbingMisreports).toEqual(['omitted', 'concealed'])
    expect(SAMPLE_REGULATION.poorGradeMisreports).toEqual(['concealed'])
  })

  it('deducts under D, a forwarded call only in a duty room', () => {
    expect(deduction.finding).toEqual({
      absent: 500,
      no_answer: 500,
      call_forwarded: 400,
      invalid_number: 300,
      leader_unreachable: 300,
      not_as_rostered: 200,
      unfamiliar: 100,
      log_missing: 100,
      equipment_missing: 100,
    })
    expect(SAMPLE_REGULATION.roomOnlyFindings).toEqual(['call_forwarded'])
  })

  it('asks for both forms five calendar days before the first day off', () => {
    expect(SAMPLE_REGULATION.filing).toEqual({ leadDays: 5, forms: ['whereabouts', 'roster'] })
  })

  it('adds at most five points of bonus', () => {
    expect(bonus).toEqual({
      points: { instruction_national: 500, instruction_province: 400, instruction_city: 300, media: 100 },
      maxPerQuarter: 500,
    })
  })

  it('grades at 90, 80 and 60, and commends from three events on', () => {
    expect(SAMPLE_REGULATION.grades).toEqual({ excellent: 9000, good: 8000, fair: 6000 })
    expect(SAMPLE_REGULATION.commendation).toEqual({ minEventsOwed: 3, grades: ['excellent', 'good'] })
  })

  it('knows the holiday blocks of 2026', () => {
    expect(
      SAMPLE_HOLIDAYS.map(({ year, name, firstDayOff, lastDayOff }) => [year, name, firstDayOff, lastDayOff]),
    ).toEqual([
      [2026, '元旦', '2026-01-01', '2026-01-03'],
      [2026, '春节', '2026-02-15', '2026-02-23'],
      [2026, '清明节', '2026-04-04', '2026-04-06'],
      [2026, '劳动节', '2026-05-01', '2026-05-05'],
      [2026, '端午节', '2026-06-19', '2026-06-21'],
      [2026, '中秋节', '2026-09-25', '2026-09-27'],
      [2026, '国庆节', '2026-10-01', '2026-10-07'],
    ])
  })
})

describe('clauseOf', () => {
  it('gives every deduction its clause and an id of its own', () => {
    expect(Object.fromEntries(DEDUCTION_CODES.map((code) => [code, `${clauseOf(code).label} ${clauseOf(code).id}`])))
      .toMatchInlineSnapshot(`
        {
          "absent": "§5-D 5-D-1",
          "call_forwarded": "§5-D 5-D-3",
          "concealed": "§5-C 5-C-4",
          "element_missing": "§5-B 5-B-1",
          "equipment_missing": "§5-D 5-D-9",
          "false": "§5-C 5-C-2",
          "filing_late": "§5-E 5-E-1",
          "filing_missing": "§5-E 5-E-2",
          "follow_up_missed": "§5-A 5-A-5",
          "invalid_number": "§5-D 5-D-4",
          "leader_unreachable": "§5-D 5-D-5",
          "log_missing": "§5-D 5-D-8",
          "no_answer": "§5-D 5-D-2",
          "not_as_rostered": "§5-D 5-D-6",
          "omitted": "§5-C 5-C-3",
          "phone_late": "§5-A 5-A-1",
          "phone_missing": "§5-A 5-A-2",
          "understated": "§5-C 5-C-1",
          "unfamiliar": "§5-D 5-D-7",
          "written_late": "§5-A 5-A-3",
          "written_missing": "§5-A 5-A-4",
        }
      `)
    expect(new Set(DEDUCTION_CODES.map((code) => clauseOf(code).id)).size).toBe(DEDUCTION_CODES.length)
  })
})
