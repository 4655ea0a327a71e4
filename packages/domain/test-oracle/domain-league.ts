/** The same question as `referenceLeague`, answered by `@zhidu/domain`, in the same shape. */
import {
  assessUnit,
  type BonusKind,
  type Category,
  type CheckMethod,
  type Dimension,
  DIMENSIONS,
  type DutyMode,
  type Element,
  type FilingForm,
  type Finding,
  type Grade,
  type HolidayBlock,
  type HolidayName,
  type Level,
  listGroupMembers,
  type MisreportKind,
  officialOrder,
  rankUnits,
  SAMPLE_REGULATION,
  type Stage,
  type Tier,
  toLocalIso,
  toPlainDate,
  toQuarter,
  type UnitAssessment,
  type UnitFacts,
} from '../src/index.ts'
import type { ReferenceFiles, Row } from './reference-cells.ts'
import type { ReferenceRow } from './reference-league.ts'

const GRADE_WORDS: Readonly<Record<Grade, string>> = { excellent: '优秀', good: '良好', fair: '一般', poor: '较差' }

export interface DomainQuestion {
  readonly quarter: string
  readonly holidays: readonly HolidayBlock[]
  readonly unitFacts: ReadonlyMap<string, UnitFacts>
}

const text = (row: Row, column: string): string => row[column] ?? ''
const textOrNull = (row: Row, column: string): string | null => (text(row, column) === '' ? null : text(row, column))
const list = (row: Row, column: string): string[] => [
  ...new Set(
    text(row, column)
      .split(/[;；]/)
      .filter((key) => key !== ''),
  ),
]
const instant = (row: Row, column: string): number => toEpochMs(text(row, column))
const instantOrNull = (row: Row, column: string): number | null =>
  text(row, column) === '' ? null : toEpochMs(text(row, column))

/** `2026-07-03 14:05:30` or without seconds, local time. */
export function toEpochMs(cell: string): number {
  return Date.parse(`${cell.replace(' ', 'T')}+08:00`)
}

function toUnitFacts(files: ReferenceFiles, unitCode: string): UnitFacts {
  const own = (rows: readonly Row[]) => rows.filter((row) => text(row, 'unit_code') === unitCode)
  return {
    unitCode,
    periods: own(files.units).map((row) => ({
      unitCode,
      name: text(row, 'name'),
      shortName: textOrNull(row, 'short_name'),
      parentCode: textOrNull(row, 'parent_code'),
      tier: text(row, 'tier') as Tier,
      peerGroup: text(row, 'peer_group'),
      dutyMode: text(row, 'duty_mode') as DutyMode,
      validFrom: text(row, 'valid_from') === '' ? null : toPlainDate(text(row, 'valid_from')),
      validTo: text(row, 'valid_to') === '' ? null : toPlainDate(text(row, 'valid_to')),
    })),
    reports: own(files.reports).map((row) => ({
      eventCode: text(row, 'event_code'),
      unitCode,
      stage: text(row, 'stage') as Stage,
      sequence: Number(text(row, 'sequence')),
      category: text(row, 'category') as Category,
      level: text(row, 'level') as Level,
      occurredAt: instant(row, 'occurred_at'),
      learnedAt: instant(row, 'learned_at'),
      phonedAt: instantOrNull(row, 'phoned_at'),
      writtenAt: instantOrNull(row, 'written_at'),
      elements: list(row, 'elements') as Element[],
    })),
    checks: own(files.checks).map((row) => ({
      checkCode: text(row, 'check_code'),
      unitCode,
      method: text(row, 'method') as CheckMethod,
      checkedAt: instant(row, 'checked_at'),
      inspectors: list(row, 'inspectors'),
      findings: list(row, 'findings') as Finding[],
      note: textOrNull(row, 'note'),
    })),
    misreports: own(files.misreports).map((row) => ({
      misreportCode: text(row, 'misreport_code'),
      unitCode,
      eventCode: textOrNull(row, 'event_code'),
      kind: text(row, 'kind') as MisreportKind,
      confirmedOn: toPlainDate(text(row, 'confirmed_on')),
      basis: text(row, 'basis'),
    })),
    filings: own(files.filings).map((row) => ({
      unitCode,
      holidayYear: Number(text(row, 'holiday').slice(0, 4)),
      holidayName: text(row, 'holiday').slice(5) as HolidayName,
      form: text(row, 'form') as FilingForm,
      receivedAt: instantOrNull(row, 'received_at'),
    })),
    bonuses: own(files.bonuses).map((row) => ({
      bonusCode: text(row, 'bonus_code'),
      unitCode,
      kind: text(row, 'kind') as BonusKind,
      awardedOn: toPlainDate(text(row, 'awarded_on')),
      eventCode: textOrNull(row, 'event_code'),
    })),
    preReports: [],
    adoptions: [],
    reopenings: [],
  }
}

/** The files in the domain's types, once for many questions. */
export function toDomainQuestion(files: ReferenceFiles, quarter: string): DomainQuestion {
  const codes = [...officialOrder(files.units.map((row) => text(row, 'unit_code'))).keys()]
  return {
    quarter,
    holidays: files.holidays.map((row) => ({
      year: Number(text(row, 'holiday').slice(0, 4)),
      name: text(row, 'holiday').slice(5) as HolidayName,
      firstDayOff: toPlainDate(text(row, 'first_day_off')),
      makeupWorkdays: [],
      lastDayOff: toPlainDate(text(row, 'first_day_off')),
    })),
    unitFacts: new Map(codes.map((code) => [code, toUnitFacts(files, code)])),
  }
}

/** One unit as of an instant (epoch ms); RangeError for a unit that is not in the files. */
export function assessOne(question: DomainQuestion, unitCode: string, asOf: number): UnitAssessment {
  const { holidays, quarter, unitFacts } = question
  const facts = unitFacts.get(unitCode)
  if (facts === undefined) throw new RangeError(`no unit ${unitCode}`)
  return assessUnit(facts, { quarter: toQuarter(quarter), asOf, regulation: SAMPLE_REGULATION, holidays })
}

/** Every unit of the installation, in the official order. */
export function assessAll(question: DomainQuestion, asOf: number): Map<string, UnitAssessment> {
  return new Map([...question.unitFacts.keys()].map((code) => [code, assessOne(question, code, asOf)]))
}

/** The rows of one group, as `referenceLeague` gives them. */
export function domainLeague(
  question: DomainQuestion,
  group: string,
  assessments: ReadonlyMap<string, UnitAssessment>,
): ReferenceRow[] {
  const { quarter, unitFacts } = question
  const periods = new Map([...unitFacts].map(([code, facts]) => [code, facts.periods]))
  const members = listGroupMembers(periods, toQuarter(quarter), group)
  const names = new Map(members.map((period) => [period.unitCode, period.name]))
  const summaries = members.flatMap(({ unitCode }) => assessments.get(unitCode) ?? [])
  return rankUnits(summaries, officialOrder(unitFacts.keys())).map(({ isTied, rank, summary }) => ({
    rank,
    tied: isTied,
    unitCode: summary.unitCode,
    name: names.get(summary.unitCode) ?? '',
    score: summary.score === null ? null : summary.score / 100,
    grade: summary.grade === null ? null : GRADE_WORDS[summary.grade],
    dimensions: Object.fromEntries(
      DIMENSIONS.map((dimension): [Dimension, number] => [dimension, summary.dimensions[dimension] / 100]),
    ),
    bonus: summary.bonus / 100,
    timeliness: summary.timeliness,
    completeness: summary.completeness,
    checks: summary.checks,
    commendable: summary.isCommendable,
    flags: summary.flags,
    deductions: summary.deductions.map(({ at, code, dimension, points, ref }) => ({
      dimension,
      code,
      points: points / 100,
      ref,
      at: toLocalIso(at),
    })),
  }))
}
