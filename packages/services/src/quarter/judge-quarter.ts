import { toCanonicalJson } from '@zhidu/audit'
import {
  addEvent,
  compareCodePoints,
  finishAssessment,
  listMembers,
  METHOD_VERSION,
  type Quarter,
  rankUnits,
  type ReportFact,
  type StandingFacts,
  startAssessment,
  toLocalIso,
  type UnitPeriod,
  type UnitSummary,
} from '@zhidu/domain'
import type { Roster } from '../league/load-roster.ts'
import { toLeagueDeduction, toRowBase } from '../league/shape.ts'
import type { Rules } from '../rules/load-rules.ts'
import { GROUPS_FILE, leagueFile, SUMMARIES_FILE } from './package-files.ts'
import type { PackageWriter } from './package-writer.ts'

/** What a quarter is judged by, whoever hands over the facts. */
export interface QuarterFrame {
  readonly quarter: Quarter
  /** Epoch ms, whole seconds. */
  readonly asOf: number
  readonly rules: Rules
  readonly roster: Roster
  /** Places in the quarter before. */
  readonly previousRanks: ReadonlyMap<string, number>
}

/** A unit's quarter; the list of deductions as it stands in the table, in UTF-8, because there may be a million. */
export interface JudgedUnit {
  readonly summary: UnitSummary
  readonly deductions: Buffer
}

/** A line of `results/units.jsonl`. */
export interface SummaryLine {
  readonly period: UnitPeriod
  /** In the official order, from 0. */
  readonly position: number
  readonly previousRank: number | null
  readonly rank: number | null
  readonly summary: UnitSummary
  readonly tied: boolean
}

/** Events of one unit in their order. */
export function* splitEvents(reports: readonly ReportFact[]): Generator<ReportFact[]> {
  let start = 0
  for (let index = 1; index <= reports.length; index += 1) {
    if (index < reports.length && reports[index]?.eventCode === reports[start]?.eventCode) continue
    yield reports.slice(start, index)
    start = index
  }
}

/** `reports`: all of the unit's events, ordered by event. */
export function judgeUnit(frame: QuarterFrame, facts: StandingFacts, reports: readonly ReportFact[]): JudgedUnit {
  const { asOf, quarter, rules } = frame
  let progress = startAssessment(facts, { quarter, asOf, ...rules })
  for (const event of splitEvents(reports)) progress = addEvent(progress, event)
  // The tally is left out of what is frozen: the frozen facts give it again.
  const {
    asOf: _,
    deductions,
    steadyFrom: _from,
    steadyUntil: _until,
    tally: _tally,
    ...summary
  } = finishAssessment(progress)
  return { summary, deductions: Buffer.from(JSON.stringify(deductions.map(toLeagueDeduction))) }
}

function toSummaryLine(line: SummaryLine): string {
  // Safe: strings, whole numbers, booleans and null throughout.
  return `${toCanonicalJson(line as unknown as Parameters<typeof toCanonicalJson>[0])}\n`
}

/**
 * Tables, places and sums of a quarter from the units' results; the tables are byte for byte those of `zhidu league --json`, but for
 * `rankInterval`, which is null in them: what is drawn is no part of what is frozen.
 */
export async function writeResults(
  frame: QuarterFrame,
  judged: ReadonlyMap<string, JudgedUnit>,
  writer: PackageWriter,
): Promise<void> {
  const { asOf, previousRanks, quarter, roster, rules } = frame
  const groups = [...Map.groupBy(listMembers(roster.periodsOf, quarter), (period) => period.peerGroup)]
  const lines: SummaryLine[] = []
  const groupFile = writer.file(GROUPS_FILE)
  const members = groups.map(([group, periods]) => ({ group, members: periods.map(({ unitCode }) => unitCode) }))
  groupFile.add(null, `${toCanonicalJson(members)}\n`)
  const regulation = { id: rules.regulation.id, version: rules.regulation.version }
  for (const [index, [group, periods]] of groups.entries()) {
    const file = writer.file(leagueFile(index), group)
    const head = { quarter, group, asOf: toLocalIso(asOf), regulation, methodVersion: METHOD_VERSION, rows: [] }
    file.add(null, JSON.stringify(head).slice(0, -2))
    const periodOf = new Map(periods.map((period) => [period.unitCode, period]))
    const summaries = periods.flatMap(({ unitCode }) => judged.get(unitCode)?.summary ?? [])
    let separator = ''
    for (const ranked of rankUnits(summaries, roster.position)) {
      const { unitCode } = ranked.summary
      const period = periodOf.get(unitCode)
      if (period === undefined) throw new RangeError(`a unit without a row: ${unitCode}`)
      const previousRank = previousRanks.get(unitCode) ?? null
      const row = JSON.stringify(toRowBase(ranked, period, previousRank)).slice(0, -1)
      file.add(unitCode, `${separator}${row},"deductions":${judged.get(unitCode)?.deductions.toString() ?? '[]'}}`)
      separator = ','
      const position = roster.position.get(unitCode) ?? 0
      lines.push({ period, position, previousRank, rank: ranked.rank, summary: ranked.summary, tied: ranked.isTied })
      await writer.drain()
    }
    file.add(null, ']}\n')
  }
  const summaryFile = writer.file(SUMMARIES_FILE)
  for (const line of lines.sort((a, b) => compareCodePoints(a.period.unitCode, b.period.unitCode))) {
    summaryFile.add(line.period.unitCode, toSummaryLine(line))
    await writer.drain()
  }
}
