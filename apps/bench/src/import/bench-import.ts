import { join } from 'node:path'
import { withTransaction } from '@zhidu/db'
import { withBenchData } from '../bench-data.ts'
import { copyFacts, copyReports } from '../dataset/copy-facts.ts'
import { writeFactFiles, writeReportsXlsx } from '../dataset/fact-files.ts'
import { type DatasetSize, makeProvinceFacts } from '../dataset/province-facts.ts'
import { timeOnce } from '../measure/repeat.ts'
import type { Scenario } from '../scenario.ts'
import { measureImport, type MeasuredImport } from './import-process.ts'

export type ImportFormat = 'csv' | 'xlsx'

export interface ImportFinding {
  readonly size: DatasetSize
  readonly format: ImportFormat
  readonly imported: MeasuredImport
  /** The same file once more: nothing may change. */
  readonly again: MeasuredImport
}

/** One file of reports into an empty base with its units, and the same file a second time. */
export function benchImport(
  size: DatasetSize,
  format: ImportFormat,
  { dataset, now }: Scenario,
): Promise<ImportFinding> {
  return withBenchData(async (data) => {
    const facts = makeProvinceFacts({ ...dataset, ...size })
    const files = await writeFactFiles({ ...facts, ...(format === 'xlsx' && { reports: noReports }) }, data.filesDir)
    const path = format === 'csv' ? files.reports : join(data.filesDir, 'reports.xlsx')
    if (format === 'xlsx') await writeReportsXlsx(facts.reports(), path)
    const { dataDir, dataPath } = data
    await measureImport({ dataDir, kind: 'units', path: files.units, now }, dataPath)
    const imported = await measureImport({ dataDir, kind: 'reports', path, now }, dataPath)
    const again = await measureImport({ dataDir, kind: 'reports', path, now }, dataPath)
    if (again.changed !== 0) throw new Error(`the same file changed ${again.changed} rows`)
    return { size, format, imported, again }
  })
}

function* noReports(): Generator<never> {}

/** Milliseconds PostgreSQL takes to COPY the same reports, ready-made, into the same table with its indexes. */
export function benchCopy(size: DatasetSize, { dataset, now }: Scenario): Promise<number> {
  return withBenchData(async ({ observer }) => {
    const facts = makeProvinceFacts({ ...dataset, ...size })
    const version = await copyFacts(observer.db, { ...facts, reports: noReports, checks: [], misreports: [] }, now)
    return await timeOnce(() => withTransaction(observer.db, (trx) => copyReports(trx, facts, version)))
  })
}
