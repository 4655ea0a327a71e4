import { type InitialsOf, matchesUnit } from '../../ui/unit-match.ts'
import { hasFewSamples, type Row, sumPoints } from './league-row.ts'

export const ONLY_CHOICES = ['deductions', 'late', 'failedChecks', 'bonus', 'fewSamples', 'notMeasured'] as const
export type OnlyChoice = (typeof ONLY_CHOICES)[number]

export interface LeagueFilter {
  /** Part of a name, a code, or initials such as zjj. */
  readonly text: string
  /** A grade as the server words it; null = all. */
  readonly grade: string | null
  readonly only: OnlyChoice | null
}

export const NO_FILTER: LeagueFilter = { text: '', grade: null, only: null }

export function isFiltered(filter: LeagueFilter): boolean {
  return filter.text.trim() !== '' || filter.grade !== null || filter.only !== null
}

export function parseOnly(text: string | null): OnlyChoice | null {
  return ONLY_CHOICES.find((choice) => choice === text) ?? null
}

function passesOnly(row: Row, only: OnlyChoice | null): boolean {
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

export function filterRows(rows: readonly Row[], filter: LeagueFilter, initialsOf: InitialsOf | null): Row[] {
  return rows.filter(
    (row) =>
      (filter.grade === null || row.grade === filter.grade) &&
      passesOnly(row, filter.only) &&
      matchesUnit(row, filter.text, initialsOf),
  )
}

/** Grades that occur, in the order of the table. */
export function listGrades(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => row.grade ?? []))]
}
