import type { LeagueTable } from '@zhidu/contract'

/** One unit's line, from whichever side; points in hundredths. */
export interface LeagueRecord {
  readonly unitCode: string
  readonly rank: number | null
  readonly score: number | null
  readonly grade: string | null
  readonly lostTimeliness: number
  readonly lostCompleteness: number
  readonly lostTruthfulness: number
  readonly lostDiscipline: number
  readonly lostFiling: number
  readonly bonus: number
  readonly onTime: number
  readonly late: number
  readonly missing: number
  readonly notYetDue: number
  readonly elementPart: number
  readonly elementWhole: number
  readonly checkPassed: number
  readonly checkTotal: number
}

export const RECORD_FIELDS = [
  'unitCode',
  'rank',
  'score',
  'grade',
  'lostTimeliness',
  'lostCompleteness',
  'lostTruthfulness',
  'lostDiscipline',
  'lostFiling',
  'bonus',
  'onTime',
  'late',
  'missing',
  'notYetDue',
  'elementPart',
  'elementWhole',
  'checkPassed',
  'checkTotal',
] as const satisfies readonly (keyof LeagueRecord)[]

function toHundredths(points: number): number {
  return Math.round(points * 100)
}

/** The product's table in the terms of the plain queries. */
export function toLeagueRecords(table: LeagueTable): LeagueRecord[] {
  return table.rows.map((row) => ({
    unitCode: row.unitCode,
    rank: row.rank,
    score: row.score === null ? null : toHundredths(row.score),
    grade: row.grade,
    lostTimeliness: toHundredths(row.lost.timeliness),
    lostCompleteness: toHundredths(row.lost.completeness),
    lostTruthfulness: toHundredths(row.lost.truthfulness),
    lostDiscipline: toHundredths(row.lost.discipline),
    lostFiling: toHundredths(row.lost.filing),
    bonus: toHundredths(row.bonus),
    onTime: row.timeliness.onTime,
    late: row.timeliness.late,
    missing: row.timeliness.missing,
    notYetDue: row.timeliness.notYetDue,
    elementPart: row.completeness.part,
    elementWhole: row.completeness.whole,
    checkPassed: row.checks.passed,
    checkTotal: row.checks.total,
  }))
}

/** Throws an Error that names the first line and field in which two tables differ, their order included. */
export function requireAgreement(
  name: string,
  expected: readonly LeagueRecord[],
  actual: readonly LeagueRecord[],
): void {
  if (expected.length !== actual.length) {
    throw new Error(`${name} lists ${actual.length} units, the league table ${expected.length}`)
  }
  for (const [index, line] of expected.entries()) {
    const other = actual[index]
    const field = RECORD_FIELDS.find((key) => other?.[key] !== line[key])
    if (field === undefined) continue
    throw new Error(
      `${name} and the league table differ in ${field} of line ${index + 1}: ` +
        `${JSON.stringify(other)} against ${JSON.stringify(line)}`,
    )
  }
}
