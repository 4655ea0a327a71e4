import { asReadonly, type Db, listCaseReports, type ReportRow } from '@zhidu/db'
import {
  compareCodePoints,
  FACT_FORMS,
  FACT_KINDS,
  type FactKind,
  factsOfQuarter,
  LATER_FACT_KINDS,
  listMembers,
  quarterRange,
  type ReportFact,
  type StandingFacts,
} from '@zhidu/domain'
import { loadStandingFacts } from '../league/load-standing-facts.ts'
import { toReportFact } from '../league/to-report-fact.ts'
import { type JudgedUnit, judgeUnit, type QuarterFrame } from './judge-quarter.ts'
import { factsFile } from './package-files.ts'
import type { FileWriter, PackageWriter } from './package-writer.ts'
import { UnitCursor } from './unit-cursor.ts'

const UNITS_PER_BATCH = 100

type Rows = { readonly [K in FactKind]: readonly Parameters<(typeof FACT_FORMS)[K]['write']>[0][] }

function writeKind<K extends FactKind>(kind: K, file: FileWriter, unitCode: string, rows: Rows[K]): void {
  // Safe: the form of a kind and its rows come under the same key.
  const form = FACT_FORMS[kind] as { write(row: unknown): string; compare(a: unknown, b: unknown): number }
  let text = ''
  for (const row of rows.toSorted(form.compare)) text += `${form.write(row)}\n`
  if (text !== '') file.add(unitCode, text)
}

function rowsOf(facts: StandingFacts, reports: readonly ReportFact[]): Rows {
  return {
    adoptions: facts.adoptions,
    bonuses: facts.bonuses,
    checks: facts.checks,
    filings: facts.filings,
    log_items: facts.logItems ?? [],
    misreports: facts.misreports,
    pre_reports: facts.preReports,
    reopenings: facts.reopenings,
    reports,
    waivers: facts.waivers ?? [],
  }
}

async function* toFacts(pages: AsyncIterable<readonly ReportRow[]>): AsyncGenerator<ReportFact[]> {
  for await (const page of pages) yield page.map(toReportFact)
}

export interface WrittenFacts {
  /** Units in the tables, by code. */
  readonly judged: ReadonlyMap<string, JudgedUnit>
  readonly factCount: number
}

/** Writes the facts of the quarter as they are on record, a batch of units at a time, and judges each unit from what was written. */
export async function writeFacts(
  trx: Db,
  frame: QuarterFrame,
  writer: PackageWriter,
  options: { readonly onUnits: (done: number, total: number) => void; readonly signal?: AbortSignal | undefined },
): Promise<WrittenFacts> {
  const { quarter, roster, rules } = frame
  const { periodsOf } = roster
  const { from, to } = quarterRange(quarter)
  const members = new Set(listMembers(periodsOf, quarter).map(({ unitCode }) => unitCode))
  const files = new Map<FactKind, FileWriter>()
  const fileOf = (kind: FactKind): FileWriter => {
    const file = files.get(kind) ?? writer.file(factsFile(kind))
    files.set(kind, file)
    return file
  }
  for (const kind of FACT_KINDS) if (!LATER_FACT_KINDS.has(kind)) fileOf(kind)
  const all = [...periodsOf.keys()].sort(compareCodePoints)
  const judged = new Map<string, JudgedUnit>()
  const db = asReadonly(trx)
  let factCount = 0
  for (let start = 0; start < all.length; start += UNITS_PER_BATCH) {
    const unitCodes = all.slice(start, start + UNITS_PER_BATCH)
    const standing = await loadStandingFacts(db, { unitCodes, quarter, periodsOf })
    const pages = listCaseReports(db, { unitCodes, range: { from, to } })
    const cursor = new UnitCursor<ReportFact>(toFacts(pages), 'reports')
    for (const unitCode of unitCodes) {
      options.signal?.throwIfAborted()
      const reports = (await cursor.take(unitCode)).sort(FACT_FORMS.reports.compare)
      const known = standing.get(unitCode)
      if (known === undefined) throw new RangeError(`no facts of ${unitCode}`)
      const facts = factsOfQuarter(known, new Set(reports.map(({ eventCode }) => eventCode)), { quarter, ...rules })
      const rows = rowsOf(facts, reports)
      for (const kind of FACT_KINDS) {
        factCount += rows[kind].length
        if (rows[kind].length > 0) writeKind(kind, fileOf(kind), unitCode, rows[kind])
      }
      if (members.has(unitCode)) judged.set(unitCode, judgeUnit(frame, facts, reports))
      await writer.drain()
    }
    await cursor.end()
    options.onUnits(Math.min(start + UNITS_PER_BATCH, all.length), all.length)
  }
  return { judged, factCount }
}
