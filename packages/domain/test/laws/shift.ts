import {
  addDays,
  DAY_MS,
  type HolidayBlock,
  type PlainDate,
  type ReportFact,
  type UnitFacts,
  type UnitPeriod,
} from '../../src/index.ts'

/** A distance in time. `days` for dates, `ms` for instants; `years` for the years that names of holidays bear. */
export interface Shift {
  readonly ms: number
  readonly days: number
  readonly years: number
}

export function byDays(days: number): Shift {
  return { ms: days * DAY_MS, days, years: 0 }
}

/** The calendar repeats itself after 400 years: quarters, months and days of the week alike. */
export const GREGORIAN: Shift = { ...byDays(146_097), years: 400 }

const instant = (at: number | null, { ms }: Shift): number | null => (at === null ? null : at + ms)
const date = (on: PlainDate, { days }: Shift): PlainDate => addDays(on, days)
const dateOrNull = (on: PlainDate | null, shift: Shift): PlainDate | null => (on === null ? null : date(on, shift))

/** `2026-中秋节/roster` → `2426-中秋节/roster`; other references stay. */
export function shiftRef(ref: string, { years }: Shift): string {
  return ref.replace(/^(\d{4})-/, (_all, year: string) => `${Number(year) + years}-`)
}

export function shiftReports(reports: readonly ReportFact[], shift: Shift): ReportFact[] {
  return reports.map((row) => ({
    ...row,
    occurredAt: row.occurredAt + shift.ms,
    learnedAt: row.learnedAt + shift.ms,
    phonedAt: instant(row.phonedAt, shift),
    writtenAt: instant(row.writtenAt, shift),
  }))
}

export function shiftPeriods(periods: readonly UnitPeriod[], shift: Shift): UnitPeriod[] {
  return periods.map((row) => ({
    ...row,
    validFrom: dateOrNull(row.validFrom, shift),
    validTo: dateOrNull(row.validTo, shift),
  }))
}

export function shiftHolidays(holidays: readonly HolidayBlock[], shift: Shift): HolidayBlock[] {
  return holidays.map((block) => ({
    ...block,
    year: block.year + shift.years,
    firstDayOff: date(block.firstDayOff, shift),
    lastDayOff: date(block.lastDayOff, shift),
    makeupWorkdays: block.makeupWorkdays.map((day) => date(day, shift)),
  }))
}

/** Everything that bears a time, by the same distance. */
export function shiftFacts(facts: UnitFacts, shift: Shift): UnitFacts {
  return {
    unitCode: facts.unitCode,
    periods: shiftPeriods(facts.periods, shift),
    reports: shiftReports(facts.reports, shift),
    checks: facts.checks.map((row) => ({ ...row, checkedAt: row.checkedAt + shift.ms })),
    misreports: facts.misreports.map((row) => ({ ...row, confirmedOn: date(row.confirmedOn, shift) })),
    filings: facts.filings.map((row) => ({
      ...row,
      holidayYear: row.holidayYear + shift.years,
      receivedAt: instant(row.receivedAt, shift),
    })),
    bonuses: facts.bonuses.map((row) => ({ ...row, awardedOn: date(row.awardedOn, shift) })),
    preReports: facts.preReports.map((row) => ({ ...row, sentAt: row.sentAt + shift.ms })),
    adoptions: facts.adoptions.map((row) => ({ ...row, usedOn: date(row.usedOn, shift) })),
    reopenings: facts.reopenings.map((row) => ({
      ...row,
      ref: shiftRef(row.ref, shift),
      until: row.until + shift.ms,
      reopenedAt: row.reopenedAt + shift.ms,
    })),
    logItems: (facts.logItems ?? []).map((row) => ({
      ...row,
      openedAt: row.openedAt + shift.ms,
      closedAt: row.closedAt === null ? null : row.closedAt + shift.ms,
      receivedAt: row.receivedAt + shift.ms,
    })),
  }
}
