import { describe, expect, it } from 'vitest'
import { toPlainDate } from '../calendar/plain-date.ts'
import type { CheckFact, ReportFact } from '../facts/facts.ts'
import { makeMisreport } from '../testing/make-facts.ts'
import { FACT_FORMS, FACT_KINDS, UNIT_FORM } from './fact-forms.ts'

const REPORT: ReportFact = {
  eventCode: 'E1',
  unitCode: 'C01',
  stage: 'first',
  sequence: 0,
  category: 'accident',
  level: 'II',
  occurredAt: Date.parse('2026-07-03T14:05:00+08:00'),
  learnedAt: Date.parse('2026-07-03T14:05:30+08:00'),
  phonedAt: null,
  writtenAt: Date.parse('2026-07-03T14:30:00+08:00'),
  elements: ['source', 'place', 'cause'],
}
const LINE =
  '{"category":"accident","elements":["cause","place","source"],"event_code":"E1","learned_at":"2026-07-03T14:05:30+08:00",' +
  '"level":"II","occurred_at":"2026-07-03T14:05:00+08:00","phoned_at":null,"sequence":0,"stage":"first","unit_code":"C01",' +
  '"written_at":"2026-07-03T14:30:00+08:00"}'

describe('a line of a fact', () => {
  it('has one spelling: keys and sets by code point, instants with +08:00', () => {
    expect(FACT_FORMS.reports.write(REPORT)).toBe(LINE)
    expect(FACT_FORMS.reports.read(LINE)).toEqual(REPORT)
  })

  it.each([
    ['a space', LINE.replace(',"level"', ', "level"')],
    ['another order of keys', LINE.replace('"category":"accident",', '').replace('{', '{"zone":1,')],
    ['a key more', LINE.replace('{', '{"a":1,')],
    ['a key less', LINE.replace('"phoned_at":null,', '')],
    ['UTC', LINE.replace('14:05:30+08:00', '06:05:30Z')],
    ['an instant that is none', LINE.replace('2026-07-03T14:05:30+08:00', 'soon')],
    ['a number for an instant', LINE.replace('"2026-07-03T14:05:30+08:00"', '5')],
    ['an element twice', LINE.replace('"place"', '"cause"')],
    ['an unknown level', LINE.replace('"II"', '"V"')],
    ['a broken number', LINE.replace('"sequence":0', '"sequence":0.5')],
    ['a list that is none', LINE.replace('["cause","place","source"]', '"cause"')],
    ['half of a character', LINE.replace('"E1"', '"\\ud800"')],
    ['no object', 'null'],
    ['a number', '5'],
  ])('is refused with %s', (_, line) => {
    expect(() => FACT_FORMS.reports.read(line)).toThrow(RangeError)
  })

  it('keeps the order in which a list was given, and dates as they are written', () => {
    const check: CheckFact = {
      checkCode: 'K1',
      unitCode: 'C01',
      method: 'phone',
      checkedAt: REPORT.learnedAt,
      inspectors: ['李四', '张三'],
      findings: ['no_answer', 'absent'],
      note: '“值班”\n',
    }
    const line = FACT_FORMS.checks.write(check)
    expect(line).toContain('"findings":["absent","no_answer"],"inspectors":["李四","张三"]')
    expect(FACT_FORMS.checks.read(line).inspectors).toEqual(['李四', '张三'])
    const period = {
      unitCode: 'C01',
      name: '甲',
      shortName: null,
      parentCode: null,
      tier: 'county',
      peerGroup: '县区组',
      dutyMode: 'room',
      validFrom: toPlainDate('2026-01-01'),
      validTo: null,
    } as const
    expect(UNIT_FORM.read(UNIT_FORM.write(period))).toEqual(period)
    expect(() => UNIT_FORM.read(UNIT_FORM.write(period).replace('2026-01-01', '2026-02-30'))).toThrow(RangeError)
  })

  it('leaves out what came later and is not there, so that older lines stay as they are', () => {
    const whole = makeMisreport({ sharePercent: null })
    const line = FACT_FORMS.misreports.write(whole)
    expect(line).not.toContain('share')
    expect(FACT_FORMS.misreports.write(makeMisreport())).toBe(line)
    expect(FACT_FORMS.misreports.read(line)).toEqual(whole)
    const half = makeMisreport({ sharePercent: 50 })
    expect(FACT_FORMS.misreports.write(half)).toContain(',"share_percent":50,')
    expect(FACT_FORMS.misreports.read(FACT_FORMS.misreports.write(half))).toEqual(half)
    expect(() => FACT_FORMS.misreports.read(line.replace('"unit_code"', '"share_percent":null,"unit_code"'))).toThrow(
      RangeError,
    )
  })

  it('stands by unit first, then by what tells it apart; numbers as numbers', () => {
    const rows = [
      { ...REPORT, unitCode: 'C02', eventCode: 'A' },
      { ...REPORT, stage: 'follow_up' as const, sequence: 10 },
      { ...REPORT, stage: 'follow_up' as const, sequence: 9 },
      REPORT,
    ]
    const ordered = rows.toSorted(FACT_FORMS.reports.compare)
    expect(ordered).toEqual([rows[3], rows[2], rows[1], rows[0]])
    expect(FACT_FORMS.reports.compare(REPORT, { ...REPORT, level: 'I' })).toBe(0)
    expect(FACT_KINDS).toHaveLength(10)
  })
})
