import {
  assessUnit,
  type Level,
  LEVELS,
  MINUTE_MS,
  SAMPLE_REGULATION,
  startOfLocalDay,
  toPlainDate,
  toQuarter,
  type UnitAssessment,
  type UnitPeriod,
} from '@zhidu/domain'
import { createRandom } from '@zhidu/statistics'
import { describe, expect, it } from 'vitest'
import { makeReports, type ReportQuality } from './make-reports.ts'

const FAULTLESS: ReportQuality = { onTime: 1, late: 0, missing: 0, incomplete: 0, phonedOnTime: 1, slotMet: 1 }
const EVENTS = 400
const UNIT: UnitPeriod = {
  unitCode: 'C01',
  name: '安东区',
  shortName: null,
  parentCode: null,
  tier: 'county',
  peerGroup: '县区组',
  dutyMode: 'room',
  validFrom: null,
  validTo: null,
}

/** Many events of one level and quality in one quarter, judged long after by the sample rules. */
function judge(level: Level, quality: ReportQuality): UnitAssessment {
  const random = createRandom(`${level} ${JSON.stringify(quality)}`)
  const start = startOfLocalDay(toPlainDate('2026-07-02'))
  const reports = Array.from({ length: EVENTS }, (_, number) => {
    const learnedAt = start + number * 307 * MINUTE_MS
    const outline = { eventCode: `E${number}`, unitCode: 'C01', category: 'accident', level } as const
    return makeReports(
      random,
      { ...outline, occurredAt: learnedAt - (1 + (number % 6)) * MINUTE_MS, learnedAt },
      quality,
    )
  })
  const none = {
    checks: [],
    misreports: [],
    filings: [],
    bonuses: [],
    preReports: [],
    adoptions: [],
    reopenings: [],
  }
  const asOf = startOfLocalDay(toPlainDate('2026-12-31'))
  const context = { quarter: toQuarter('2026Q3'), asOf, regulation: SAMPLE_REGULATION, holidays: [] }
  return assessUnit({ unitCode: 'C01', periods: [UNIT], reports: reports.flat(), ...none }, context)
}

function countOf(assessment: UnitAssessment, ...codes: readonly string[]): number {
  return assessment.deductions.filter(({ code }) => codes.includes(code)).length
}

describe.each(LEVELS)('the reports of a unit about events of level %s', (level) => {
  const isGrave = level === 'I' || level === 'II'

  it('cost nothing when it never fails', () => {
    const assessment = judge(level, FAULTLESS)
    expect(assessment.timeliness.onTime).toBe(EVENTS)
    expect(assessment.deductions).toEqual([])
  })

  it('are all late when it is always late', () => {
    const assessment = judge(level, { ...FAULTLESS, onTime: 0, late: 1 })
    expect(assessment.timeliness.late).toBe(EVENTS)
    expect(countOf(assessment, 'written_late')).toBe(EVENTS)
    expect(countOf(assessment, 'phone_late', 'phone_missing')).toBe(0)
  })

  it('are all missing when it never reports', () => {
    expect(judge(level, { ...FAULTLESS, onTime: 0, missing: 1 }).timeliness.missing).toBe(EVENTS)
  })

  it('all lack elements a day after when nothing is ever complete', () => {
    expect(countOf(judge(level, { ...FAULTLESS, incomplete: 1 }), 'element_missing')).toBe(EVENTS)
  })

  it('miss the call of every grave event, and of no other, when it never calls in time', () => {
    const assessment = judge(level, { ...FAULTLESS, phonedOnTime: 0 })
    expect(countOf(assessment, 'phone_late', 'phone_missing')).toBe(isGrave ? EVENTS : 0)
  })

  it('miss slots, of level I to III only, when no slot is met', () => {
    const assessment = judge(level, { ...FAULTLESS, slotMet: 0 })
    const missed = new Set(assessment.deductions.map(({ ref }) => ref)).size
    if (level === 'IV') expect(missed).toBe(0)
    else expect(missed).toBeGreaterThan(EVENTS * 0.8)
    expect(countOf(assessment, 'follow_up_missed')).toBe(assessment.deductions.length)
  })
})
