/**
 * A second, slow computation of the league, written from the text of the interchange contract alone, to check
 * `@zhidu/domain` against. It shares nothing with it: no import, no type, no helper. Every step cites its heading in §5.
 *
 * Rows are as in the files: one object per row, keys are the columns, values the cells' text, '' = not given,
 * enumerations as keys. Instants are bigint seconds of local time (UTC+08:00) since 2000-01-01 00:00.
 */
import { cell, iso, lastDayOfQuarter, type ReferenceFiles, rowOfUnitOn, seconds } from './reference-cells.ts'
import { type Judged, judgeUnit } from './reference-unit.ts'

export interface ReferenceDeduction {
  readonly dimension: string
  readonly code: string
  readonly points: number
  readonly ref: string
  readonly at: string
}

export interface ReferenceRow {
  readonly rank: number | null
  readonly tied: boolean
  readonly unitCode: string
  readonly name: string
  readonly score: number | null
  readonly grade: string | null
  readonly dimensions: Readonly<Record<string, number>>
  readonly bonus: number
  readonly timeliness: Readonly<Record<'onTime' | 'late' | 'missing' | 'notYetDue' | 'owed', number>>
  readonly completeness: { readonly part: number; readonly whole: number }
  readonly checks: { readonly passed: number; readonly total: number }
  readonly commendable: boolean
  readonly flags: readonly string[]
  readonly deductions: readonly ReferenceDeduction[]
}

/** The rows of `zhidu league --quarter … --group … --as-of … --json` (§6) under the sample rules. */
export function referenceLeague(
  files: ReferenceFiles,
  question: { readonly quarter: string; readonly group: string; readonly asOf: string },
): ReferenceRow[] {
  const t = seconds(question.asOf)
  const lastDay = lastDayOfQuarter(question.quarter)

  // Membership, in the official order: that of first appearance in the units file.
  const codes = new Set(files.units.map((row) => cell(row, 'unit_code')))
  const judged: Judged[] = []
  for (const code of codes) {
    const row = rowOfUnitOn(files, code, lastDay)
    if (row === undefined || cell(row, 'peer_group') !== question.group) continue
    judged.push(judgeUnit(files, code, cell(row, 'name'), question.quarter, t))
  }

  // Ranking: one place after all that are better; not measured after the ranked ones.
  const ranked = judged.filter((unit) => unit.measured)
  const places = new Map(ranked.map((unit) => [unit, 1 + ranked.filter((peer) => peer.score > unit.score).length]))
  const table: Judged[] = []
  for (let place = 1; place <= ranked.length; place += 1) {
    table.push(...ranked.filter((unit) => places.get(unit) === place))
  }
  table.push(...judged.filter((unit) => !unit.measured))

  return table.map((unit) => ({
    rank: places.get(unit) ?? null,
    tied: unit.measured && ranked.filter((peer) => peer.score === unit.score).length > 1,
    unitCode: unit.unitCode,
    name: unit.name,
    score: unit.measured ? unit.score / 100 : null,
    grade: unit.measured ? unit.grade : null,
    dimensions: Object.fromEntries(Object.entries(unit.hundredths).map(([key, value]) => [key, value / 100])),
    bonus: unit.bonus / 100,
    timeliness: unit.outcomes,
    completeness: { part: unit.part, whole: unit.whole },
    checks: { passed: unit.passed, total: unit.total },
    commendable: unit.commendable,
    flags: unit.flags,
    deductions: unit.entries.map((entry) => ({
      dimension: entry.dimension,
      code: entry.code,
      points: entry.hundredths / 100,
      ref: entry.ref,
      at: iso(entry.at),
    })),
  }))
}
