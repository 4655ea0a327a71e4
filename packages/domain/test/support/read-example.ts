import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BonusFact,
  type BonusKind,
  type Category,
  type CheckFact,
  type CheckMethod,
  type DutyMode,
  type Element,
  type FilingFact,
  type FilingForm,
  type Finding,
  type HolidayName,
  type Level,
  type MisreportFact,
  type MisreportKind,
  type ReportFact,
  type Stage,
  type Tier,
  toPlainDate,
  type UnitFacts,
  type UnitPeriod,
} from '../../src/index.ts'
import { at } from '../../src/testing/make-facts.ts'

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'example-2026Q3')

type Row = (key: string) => string

/** The example's files hold no quotes and no byte-order mark; nothing more is read here. */
function readRows(name: string): Row[] {
  const [header = '', ...lines] = readFileSync(join(FOLDER, name), 'utf8').trimEnd().split(/\r?\n/)
  const keys = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return (key) => {
      const cell = cells[keys.indexOf(key)]
      if (cell === undefined) throw new RangeError(`${name}: no ${key} in ${line}`)
      return cell
    }
  })
}

const orNull = (text: string): string | null => (text === '' ? null : text)
const atOrNull = (text: string): number | null => (text === '' ? null : at(text))
const list = (text: string): string[] => [...new Set(text.split(/[;；]/).filter((item) => item !== ''))]

function readPeriods(): UnitPeriod[] {
  return readRows('units.csv').map((row) => ({
    unitCode: row('unit_code'),
    name: row('name'),
    shortName: orNull(row('short_name')),
    parentCode: orNull(row('parent_code')),
    tier: row('tier') as Tier,
    peerGroup: row('peer_group'),
    dutyMode: row('duty_mode') as DutyMode,
    validFrom: row('valid_from') === '' ? null : toPlainDate(row('valid_from')),
    validTo: row('valid_to') === '' ? null : toPlainDate(row('valid_to')),
  }))
}

function readReports(): ReportFact[] {
  return readRows('reports.csv').map((row) => ({
    eventCode: row('event_code'),
    unitCode: row('unit_code'),
    stage: row('stage') as Stage,
    sequence: Number(row('sequence')),
    category: row('category') as Category,
    level: row('level') as Level,
    occurredAt: at(row('occurred_at')),
    learnedAt: at(row('learned_at')),
    phonedAt: atOrNull(row('phoned_at')),
    writtenAt: atOrNull(row('written_at')),
    elements: list(row('elements')) as Element[],
  }))
}

function readChecks(): CheckFact[] {
  return readRows('checks.csv').map((row) => ({
    checkCode: row('check_code'),
    unitCode: row('unit_code'),
    method: row('method') as CheckMethod,
    checkedAt: at(row('checked_at')),
    inspectors: list(row('inspectors')),
    findings: list(row('findings')) as Finding[],
    note: orNull(row('note')),
  }))
}

function readMisreports(): MisreportFact[] {
  return readRows('misreports.csv').map((row) => ({
    misreportCode: row('misreport_code'),
    unitCode: row('unit_code'),
    eventCode: orNull(row('event_code')),
    kind: row('kind') as MisreportKind,
    confirmedOn: toPlainDate(row('confirmed_on')),
    basis: row('basis'),
  }))
}

function readFilings(): FilingFact[] {
  return readRows('filings.csv').map((row) => ({
    unitCode: row('unit_code'),
    holidayYear: Number(row('holiday').slice(0, 4)),
    holidayName: row('holiday').slice(5) as HolidayName,
    form: row('form') as FilingForm,
    receivedAt: atOrNull(row('received_at')),
  }))
}

function readBonuses(): BonusFact[] {
  return readRows('bonuses.csv').map((row) => ({
    bonusCode: row('bonus_code'),
    unitCode: row('unit_code'),
    kind: row('kind') as BonusKind,
    awardedOn: toPlainDate(row('awarded_on')),
    eventCode: orNull(row('event_code')),
  }))
}

/** The example's facts by unit, in the order of the units file. */
export function readExample(): Map<string, UnitFacts> {
  const periods = Map.groupBy(readPeriods(), (row) => row.unitCode)
  const reports = Map.groupBy(readReports(), (row) => row.unitCode)
  const checks = Map.groupBy(readChecks(), (row) => row.unitCode)
  const misreports = Map.groupBy(readMisreports(), (row) => row.unitCode)
  const filings = Map.groupBy(readFilings(), (row) => row.unitCode)
  const bonuses = Map.groupBy(readBonuses(), (row) => row.unitCode)
  return new Map(
    [...periods].map(([unitCode, rows]) => [
      unitCode,
      {
        unitCode,
        periods: rows,
        reports: reports.get(unitCode) ?? [],
        checks: checks.get(unitCode) ?? [],
        misreports: misreports.get(unitCode) ?? [],
        filings: filings.get(unitCode) ?? [],
        bonuses: bonuses.get(unitCode) ?? [],
        preReports: [],
        adoptions: [],
        reopenings: [],
      },
    ]),
  )
}

export interface ExpectedRow {
  readonly unitCode: string
}

export function readExpected(group: string): ExpectedRow[] {
  return JSON.parse(readFileSync(join(FOLDER, `expected-2026Q3-${group}.json`), 'utf8')) as ExpectedRow[]
}
