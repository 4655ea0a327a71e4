import type { ImportFinding } from '../import/bench-import.ts'
import type { MeasuredImport } from '../import/import-process.ts'
import type { LeagueFinding } from '../league/bench-league.ts'
import { toCount, toMegabytes, toMilliseconds, toRatio, toTextTable } from './print-table.ts'

function leagueRows({ duckDb, plainSql, size, timings }: LeagueFinding): string[][] {
  return timings.map(({ operation, rowsRead, timing }) => [
    operation,
    toCount(size.unitCount),
    toCount(size.reportCount),
    toMilliseconds(timing.medianMs),
    timing.runCount === 1 ? '–' : `${toMilliseconds(timing.minMs)}–${toMilliseconds(timing.maxMs)}`,
    toRatio(timing.medianMs, plainSql.medianMs),
    toRatio(timing.medianMs, duckDb.medianMs),
    rowsRead === null ? '–' : toCount(rowsRead),
  ])
}

export function toLeagueText(findings: readonly LeagueFinding[]): string {
  const header = ['operation', 'units', 'reports', 'median ms', 'min–max', '÷ plain SQL', '÷ DuckDB', 'rows read']
  const held = findings.map(
    ({ holding, size }) =>
      `Running quarter, ${toCount(size.unitCount)} units and ${toCount(size.reportCount)} reports: ` +
      `${toCount(holding.count)} of ${toCount(holding.total)} rollups still hold after ten minutes.`,
  )
  const agreement = 'Rank, score and counts of every unit agree: league table, plain SQL, DuckDB.'
  return [agreement, '', toTextTable(header, findings.flatMap(leagueRows)), '', ...held].join('\n')
}

function importRow(what: string, { peak, phaseMs, rows, totalMs }: MeasuredImport): string[] {
  return [
    what,
    toCount(rows),
    toCount((rows / totalMs) * 1_000),
    toCount(totalMs),
    toCount(phaseMs.reading),
    toCount(phaseMs.checking),
    toCount(phaseMs.writing),
    toMegabytes(peak.importer),
    toMegabytes(peak.reader),
    toMegabytes(peak.postgres),
  ]
}

/** What no process of ours may hold during an import. */
const MEMORY_LIMIT_BYTES = 400_000_000

function memoryText(imports: readonly MeasuredImport[]): string {
  const peaks = imports
    .flatMap(({ peak }) => [peak.importer, peak.reader, peak.postgres])
    .filter((bytes) => bytes !== null)
  if (peaks.length === 0) return 'Memory: this system does not tell.'
  const largest = Math.max(...peaks)
  const verdict = largest <= MEMORY_LIMIT_BYTES ? 'within' : 'ABOVE'
  return `Memory: the largest process held ${toMegabytes(largest)}, ${verdict} the limit of ${toMegabytes(MEMORY_LIMIT_BYTES)}.`
}

const IMPORT_HEADER = [
  'import',
  'rows',
  'rows/s',
  'ms',
  'reading',
  'checking',
  'writing',
  'peak: importer',
  'reader',
  'postgres',
]

export function toImportText(args: {
  readonly imports: readonly ImportFinding[]
  readonly leagues: readonly LeagueFinding[]
  /** COPY of the same rows, ready-made. */
  readonly copy: { readonly rows: number; readonly ms: number } | null
}): string {
  const { copy, imports, leagues } = args
  const rows = [
    ...imports.flatMap(({ again, format, imported, size }) => [
      importRow(`${format}, ${toCount(size.unitCount)} units`, imported),
      importRow(`${format}, the same file again`, again),
    ]),
    ...leagues.map(({ reportsImport, size }) => importRow(`csv, ${toCount(size.unitCount)} units`, reportsImport)),
  ]
  const memory = memoryText([
    ...imports.flatMap(({ again, imported }) => [imported, again]),
    ...leagues.map(({ reportsImport }) => reportsImport),
  ])
  const rate = copy === null ? 0 : (copy.rows / copy.ms) * 1_000
  const floor = copy === null ? [] : [`COPY of ${toCount(copy.rows)} ready-made rows: ${toCount(rate)} rows/s.`]
  return [toTextTable(IMPORT_HEADER, rows), '', memory, ...floor].join('\n')
}
