import { HOUR_MS, MINUTE_MS, SECOND_MS, startOfLocalDay } from '../calendar/local-time.ts'
import { type PlainDate, toPlainDate } from '../calendar/plain-date.ts'
import type { BonusFact, CheckFact, MisreportFact, ReportFact, UnitFacts, UnitPeriod } from '../facts/facts.ts'

/** `2026-07-03 14:05:30` (seconds may be left out), local time, to epoch ms. */
export function at(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(11).split(':').map(Number)
  return startOfLocalDay(on(text.slice(0, 10))) + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS
}

export function on(text: string): PlainDate {
  return toPlainDate(text)
}

export function makePeriod(change: Partial<UnitPeriod> = {}): UnitPeriod {
  return {
    unitCode: 'U01',
    name: '甲单位',
    shortName: null,
    parentCode: 'TOP',
    tier: 'county',
    peerGroup: '县区组',
    dutyMode: 'room',
    validFrom: null,
    validTo: null,
    ...change,
  }
}

/** A first report of level IV, learned 2026-07-03 14:05:30 and never written. */
export function makeReport(change: Partial<ReportFact> = {}): ReportFact {
  const learnedAt = at('2026-07-03 14:05:30')
  return {
    eventCode: 'E1',
    unitCode: 'U01',
    stage: 'first',
    sequence: 0,
    category: 'accident',
    level: 'IV',
    occurredAt: learnedAt,
    learnedAt,
    phonedAt: null,
    writtenAt: null,
    elements: [],
    ...change,
  }
}

export function makeCheck(change: Partial<CheckFact> = {}): CheckFact {
  return {
    checkCode: 'K1',
    unitCode: 'U01',
    method: 'phone',
    checkedAt: at('2026-08-01 09:00:00'),
    inspectors: [],
    findings: [],
    note: null,
    ...change,
  }
}

export function makeMisreport(change: Partial<MisreportFact> = {}): MisreportFact {
  return {
    misreportCode: 'M1',
    unitCode: 'U01',
    eventCode: null,
    kind: 'understated',
    confirmedOn: on('2026-08-20'),
    basis: '核实',
    ...change,
  }
}

export function makeBonus(change: Partial<BonusFact> = {}): BonusFact {
  return {
    bonusCode: 'B1',
    unitCode: 'U01',
    kind: 'media',
    awardedOn: on('2026-08-01'),
    eventCode: null,
    ...change,
  }
}

/** One unit, always open, with nothing in it. */
export function makeFacts(change: Partial<UnitFacts> = {}): UnitFacts {
  return {
    unitCode: 'U01',
    periods: [makePeriod()],
    reports: [],
    checks: [],
    misreports: [],
    filings: [],
    bonuses: [],
    preReports: [],
    adoptions: [],
    reopenings: [],
    ...change,
  }
}
