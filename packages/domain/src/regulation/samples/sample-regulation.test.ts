import { describe, expect, it } from 'vitest'
import { ELEMENTS, FINDINGS } from '../../facts/facts.ts'
import { clauseOf } from '../clause.ts'
import { RULED_DEDUCTION_CODES, type RuledDeductionCode } from '../deduction-codes.ts'
import { eventRulesOf } from '../event-rules.ts'
import { DIMENSIONS, type DeductionRule } from '../regulation.ts'
import { SAMPLE_HOLIDAYS } from './sample-holidays.ts'
import { SAMPLE_REGULATION } from './sample-regulation.ts'

const { bonus } = SAMPLE_REGULATION

/** The one rule of a fault. */
function ruleOf(code: RuledDeductionCode): DeductionRule {
  const [rule, ...others] = SAMPLE_REGULATION.deductions.filter((one) => one.code === code)
  if (rule === undefined || others.length > 0) throw new RangeError(`not one rule for ${code}`)
  return rule
}

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
      const rules = eventRulesOf(SAMPLE_REGULATION, level, 'accident', 'county')
      expect(rules).toMatchObject({
        phoneLimitSeconds: phone,
        writtenLimitSeconds: written,
        finalLimitSeconds: null,
        clockStartsAt: clock,
        citation,
      })
      expect(rules.followUps !== null).toBe(follows)
    },
  )

  it('owes follow-ups at 08:00 and 17:00, from two hours after the first report, at most three counted', () => {
    expect(SAMPLE_REGULATION.followUps.map(({ schedule }) => schedule)).toEqual([
      { kind: 'times_of_day', minutes: [480, 1020], graceSeconds: 7200 },
    ])
    expect(ruleOf('follow_up_missed').shape).toEqual({ kind: 'per_item', points: 100, max: 300, whenMissing: 0 })
  })

  it('judges elements 24 hours after the first report', () => {
    expect(SAMPLE_REGULATION.completeness).toMatchObject([
      { stage: 'first', required: ELEMENTS, supplementSeconds: 86_400, levels: null, categories: null, tiers: null },
    ])
  })

  it('starts from 30, 20, 20, 20 and 10 points: 100', () => {
    const { dimensions } = SAMPLE_REGULATION
    expect(DIMENSIONS.map((dimension) => [dimension, dimensions[dimension].base])).toEqual([
      ['timeliness', 3000],
      ['completeness', 2000],
      ['truthfulness', 2000],
      ['discipline', 2000],
      ['filing', 1000],
    ])
    expect(DIMENSIONS.map((dimension) => dimensions[dimension])).toEqual(
      DIMENSIONS.map((dimension) => {
        const { base } = dimensions[dimension]
        return { title: null, base, floor: 0, cap: base, weight: null }
      }),
    )
  })

  it('deducts under A, B and E', () => {
    const fixed = (points: number): object => ({ shape: { kind: 'fixed', points } })
    expect(ruleOf('phone_late')).toMatchObject({ dimension: 'timeliness', ...fixed(100) })
    expect(ruleOf('phone_missing')).toMatchObject({ dimension: 'timeliness', ...fixed(100) })
    expect(ruleOf('written_late')).toMatchObject({
      dimension: 'timeliness',
      shape: { kind: 'per_started_hour', points: 100, max: 500 },
    })
    expect(ruleOf('written_missing')).toMatchObject({ dimension: 'timeliness', ...fixed(800) })
    expect(ruleOf('follow_up_missed')).toMatchObject({ dimension: 'timeliness' })
    expect(ruleOf('element_missing')).toMatchObject({
      dimension: 'completeness',
      shape: { kind: 'per_item', points: 100, max: 400, whenMissing: 400 },
    })
    expect(ruleOf('filing_late')).toMatchObject({ dimension: 'filing', ...fixed(50) })
    expect(ruleOf('filing_missing')).toMatchObject({ dimension: 'filing', ...fixed(100) })
  })

  it('deducts under C, and an omitted or concealed event is not deducted twice', () => {
    for (const [code, points] of [
      ['understated', 400],
      ['false', 800],
      ['omitted', 1200],
      ['concealed', 2000],
    ] as const) {
      expect(ruleOf(code)).toMatchObject({ dimension: 'truthfulness', shape: { kind: 'fixed', points } })
    }
    expect(SAMPLE_REGULATION.absorbingMisreports).toEqual(['omitted', 'concealed'])
    expect(SAMPLE_REGULATION.vetoes).toMatchObject([
      { misreports: ['concealed'], atLeast: 1, gradeCap: 'poor', barsCommendation: false },
    ])
  })

  it('deducts under D, a forwarded call only in a duty room', () => {
    for (const finding of FINDINGS) expect(ruleOf(finding).dimension).toBe('discipline')
    const points = FINDINGS.map((finding) => {
      const { shape } = ruleOf(finding)
      return [finding, shape.kind === 'fixed' ? shape.points : shape.kind]
    })
    expect(Object.fromEntries(points)).toEqual({
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
    expect(FINDINGS.filter((finding) => ruleOf(finding).dutyModes !== null)).toEqual(['call_forwarded'])
    expect(ruleOf('call_forwarded').dutyModes).toEqual(['room'])
  })

  it('asks for both forms five calendar days before the first day off', () => {
    expect(SAMPLE_REGULATION.filing).toMatchObject({
      leadDays: 5,
      moveTo: 'none',
      forms: ['whereabouts', 'roster'],
    })
  })

  it('adds at most five points of bonus', () => {
    expect(SAMPLE_REGULATION.period).toBe('quarter')
    expect(bonus).toMatchObject({
      points: { instruction_national: 500, instruction_province: 400, instruction_city: 300, media: 100 },
      perEvent: 'all',
      maxPerPeriod: 500,
    })
  })

  it('grades at 90, 80 and 60, and commends from three events on', () => {
    expect(SAMPLE_REGULATION.grades).toMatchObject({ by: 'without_bonus', excellent: 9000, good: 8000, fair: 6000 })
    expect(SAMPLE_REGULATION.commendation).toMatchObject({ minEventsOwed: 3, grades: ['excellent', 'good'] })
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

const OF_FINAL: readonly RuledDeductionCode[] = ['final_late', 'final_missing']

describe('clauseOf', () => {
  it('gives every deduction of the sample rules its clause and an id of its own', () => {
    const codes = RULED_DEDUCTION_CODES.filter((code) => !OF_FINAL.includes(code))
    const clauses = codes.map((code) => clauseOf(SAMPLE_REGULATION, ruleOf(code).clause))
    expect(Object.fromEntries(codes.map((code, index) => [code, `${clauses[index]?.label} ${clauses[index]?.id}`])))
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
    expect(new Set(clauses).size).toBe(codes.length)
    const uncharged = RULED_DEDUCTION_CODES.filter((code) =>
      SAMPLE_REGULATION.deductions.every((rule) => rule.code !== code),
    )
    expect(uncharged).toEqual(OF_FINAL)
  })

  it('refuses an id that the rules do not hold', () => {
    expect(() => clauseOf(SAMPLE_REGULATION, '5-X-1')).toThrow(RangeError)
  })
})
