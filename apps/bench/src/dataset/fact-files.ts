import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type CellValue, type Kind, KIND_SHEETS, toExportCell } from '@zhidu/contract'
import { toCsv, toXlsx } from '@zhidu/documents'
import { type ReportFact, toHolidayKey } from '@zhidu/domain'
import type { ProvinceFacts } from './province-facts.ts'

/** In the order in which they can be imported. */
export const FACT_KINDS = [
  'units',
  'checks',
  'misreports',
  'filings',
  'bonuses',
  'reports',
] as const satisfies readonly Kind[]
export type FactKind = (typeof FACT_KINDS)[number]

const ROWS_PER_BATCH = 1_000

function* factsOf(facts: ProvinceFacts, kind: FactKind): Generator<object> {
  if (kind === 'reports') yield* facts.reports()
  else if (kind === 'filings') {
    for (const filing of facts.filings) {
      yield { ...filing, holiday: toHolidayKey({ year: filing.holidayYear, name: filing.holidayName }) }
    }
  } else yield* facts[kind]
}

/** Columns of files are the facts' fields in snake case. */
function toCell(fact: Readonly<Record<string, unknown>>, field: string): CellValue {
  const value = fact[field]
  if (typeof value === 'string' || typeof value === 'number') return value
  return Array.isArray(value) ? value.map(String) : null
}

async function* toRows(kind: FactKind, facts: Iterable<object>): AsyncGenerator<string[][]> {
  const columns = KIND_SHEETS[kind].columns.map((column) => ({
    column,
    field: column.key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  }))
  let batch: string[][] = []
  for (const fact of facts) {
    const record = { ...fact }
    batch.push(columns.map(({ column, field }) => toExportCell(column, toCell(record, field))))
    if (batch.length < ROWS_PER_BATCH) continue
    yield batch
    batch = []
  }
  yield batch
}

function keysOf(kind: FactKind): string[] {
  return KIND_SHEETS[kind].columns.map((column) => column.key)
}

export type FactFiles = Readonly<Record<FactKind, string>>

/** Writes one CSV file per kind, as the contract has them, and returns their paths. */
export async function writeFactFiles(facts: ProvinceFacts, folder: string): Promise<FactFiles> {
  const paths = FACT_KINDS.map((kind) => [kind, join(folder, `${kind}.csv`)] as const)
  for (const [kind, path] of paths) {
    await pipeline(Readable.from(toCsv(keysOf(kind), toRows(kind, factsOf(facts, kind)))), createWriteStream(path))
  }
  return Object.fromEntries(paths) as Record<FactKind, string>
}

/** Some reports as a file of their own. */
export async function writeReportsCsv(reports: Iterable<ReportFact>, path: string): Promise<void> {
  await pipeline(Readable.from(toCsv(keysOf('reports'), toRows('reports', reports))), createWriteStream(path))
}

/** The same as a workbook. */
export async function writeReportsXlsx(reports: Iterable<ReportFact>, path: string): Promise<void> {
  const header = keysOf('reports')
  const rows = toRows('reports', reports)
  const sheet = toXlsx({ sheetName: '突发事件信息报告', header, widths: header.map(() => 20), rows })
  await pipeline(Readable.from(sheet), createWriteStream(path))
}
