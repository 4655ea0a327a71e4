import { hasFewSamples, type LeagueViewRow, sumPoints } from './view-row.ts'

export const ONLY_CHOICES = ['deductions', 'late', 'failedChecks', 'bonus', 'fewSamples', 'notMeasured'] as const
export type OnlyChoice = (typeof ONLY_CHOICES)[number]

export interface LeagueFilter {
  /** Part of a name, a code, or initials such as zjj. */
  readonly text: string
  /** A grade as worded on the wire; null = all. */
  readonly grade: string | null
  readonly only: OnlyChoice | null
}

export const NO_FILTER: LeagueFilter = { text: '', grade: null, only: null }

/** First letters of a name's pinyin, lower case. */
export type InitialsOf = (name: string) => string

export interface MatchedUnit {
  readonly unitCode: string
  readonly name: string
  readonly shortName: string | null
}

/** True when the text holds Latin letters, so that it may be initials. */
export function mayBeInitials(text: string): boolean {
  return /[a-z]/i.test(text)
}

/** True when name, short name, code or (where they are known) the initials of a name contain the text. */
export function matchesUnit(unit: MatchedUnit, text: string, initialsOf: InitialsOf | null): boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  const names = unit.shortName === null ? [unit.name] : [unit.name, unit.shortName]
  if (unit.unitCode.toLowerCase().includes(wanted)) return true
  if (names.some((name) => name.toLowerCase().includes(wanted))) return true
  return initialsOf !== null && mayBeInitials(wanted) && names.some((name) => initialsOf(name).includes(wanted))
}

function passesOnly(row: LeagueViewRow, only: OnlyChoice | null): boolean {
  switch (only) {
    case null:
      return true
    case 'deductions':
      return sumPoints(row.lost) > 0
    case 'late':
      return row.timeliness.late + row.timeliness.missing > 0
    case 'failedChecks':
      return row.checks.passed < row.checks.total
    case 'bonus':
      return row.bonus > 0
    case 'fewSamples':
      return hasFewSamples(row)
    case 'notMeasured':
      return row.score === null
  }
}

/** The rows that pass, in the order given. */
export function filterRows<Row extends LeagueViewRow>(
  rows: readonly Row[],
  filter: LeagueFilter,
  initialsOf: InitialsOf | null,
): Row[] {
  return rows.filter(
    (row) =>
      (filter.grade === null || row.grade === filter.grade) &&
      passesOnly(row, filter.only) &&
      matchesUnit(row, filter.text, initialsOf),
  )
}
