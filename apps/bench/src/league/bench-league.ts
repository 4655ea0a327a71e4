import { type OpenDatabase, openDatabase } from '@zhidu/db'
import { MINUTE_MS, quarterRange } from '@zhidu/domain'
import { withBenchData, type BenchData } from '../bench-data.ts'
import { FACT_KINDS, type FactFiles, writeFactFiles } from '../dataset/fact-files.ts'
import { type DatasetSize, makeProvinceFacts, type ProvinceFacts } from '../dataset/province-facts.ts'
import { measureCorrections } from '../import/corrections.ts'
import { measureImport, type MeasuredImport } from '../import/import-process.ts'
import { repeat, timeOnce, type Timing, toTiming } from '../measure/repeat.ts'
import { countRowsRead } from '../measure/rows-read.ts'
import { DuckDbLeague } from '../peers/duckdb.ts'
import { requireAgreement } from '../peers/league-record.ts'
import { askPlainSql, type LeagueQuestion } from '../peers/plain-sql.ts'
import type { Scenario } from '../scenario.ts'
import { askLeagueDocument, askLeagueTable, countHolding, midQuarter, refreshAll } from './league-operations.ts'

export interface LeagueFinding {
  readonly size: DatasetSize
  /** Of the reports' file. */
  readonly reportsImport: MeasuredImport
  readonly timings: readonly { readonly operation: string; readonly timing: Timing; readonly rowsRead: number | null }[]
  readonly plainSql: Timing
  readonly duckDb: Timing
  /** Of the rollups refreshed in the middle of the quarter, those that still hold ten minutes later. */
  readonly holding: { readonly count: number; readonly total: number }
}

const TEN_MINUTES_MS = 10 * MINUTE_MS

async function importAll(data: BenchData, files: FactFiles, now: number): Promise<{ reports: MeasuredImport }> {
  let reports: MeasuredImport | null = null
  for (const kind of FACT_KINDS) {
    const measured = await measureImport({ dataDir: data.dataDir, kind, path: files[kind], now }, data.dataPath)
    if (kind === 'reports') reports = measured
  }
  if (reports === null) throw new RangeError('no reports among the kinds')
  return { reports }
}

/** All three sides must give the same rank, score and counts for every unit before anything is timed. */
async function requireSameAnswers(
  database: OpenDatabase,
  duckDb: DuckDbLeague,
  questions: readonly LeagueQuestion[],
): Promise<void> {
  for (const question of questions) {
    const table = await askLeagueTable(database, question)
    requireAgreement('plain SQL', table, await askPlainSql(database.pool, question))
    requireAgreement('DuckDB', table, await duckDb.ask(question))
  }
}

async function measureQuestions(
  data: BenchData,
  facts: ProvinceFacts,
  files: FactFiles,
  { now, runCount, slowRunCount }: Scenario,
): Promise<Omit<LeagueFinding, 'size' | 'reportsImport'>> {
  const { group, quarter } = facts
  const question = { quarter, group, asOf: now }
  const past = { quarter, group, asOf: midQuarter(quarterRange(quarter)) }
  const later = { ...past, asOf: past.asOf + TEN_MINUTES_MS }
  // The planner's statistics, which an idle server gathers by itself within minutes.
  await data.observer.pool.query('analyze')
  const read = (work: (database: OpenDatabase) => Promise<unknown>) => countRowsRead(data.source, data.observer, work)
  const tableRead = await read((database) => askLeagueTable(database, question))
  const sqlRead = await read((database) => askPlainSql(database.pool, question))
  const documentRead = await read((database) => askLeagueDocument(database, question))

  const loading = performance.now()
  const duckDb = await DuckDbLeague.load(files, facts.holidays)
  const loadMs = performance.now() - loading
  const database = await openDatabase(data.source)
  try {
    await requireSameAnswers(database, duckDb, [question, past])
    const table = await repeat(runCount, () => askLeagueTable(database, question))
    const plainSql = await repeat(slowRunCount, () => askPlainSql(database.pool, question))
    const duckDbTiming = await repeat(runCount, () => duckDb.ask(question))
    const document = await repeat(slowRunCount, () => askLeagueDocument(database, question))
    const corrections = await measureCorrections(data, facts, now, slowRunCount)
    const refresh = toTiming([await timeOnce(() => refreshAll(database, facts, now))])
    const corrected = await askLeagueTable(database, question)
    requireAgreement('plain SQL after corrections', corrected, await askPlainSql(database.pool, question))

    await refreshAll(database, facts, past.asOf)
    const running = await repeat(runCount, () => askLeagueTable(database, past))
    const holding = await countHolding(database, later)
    const overtaken = await repeat(slowRunCount, () => askLeagueTable(database, later))
    const none = { rowsRead: null }
    return {
      plainSql,
      duckDb: duckDbTiming,
      holding,
      timings: [
        { operation: 'league table', timing: table, rowsRead: tableRead },
        { operation: 'plain SQL over the facts', timing: plainSql, rowsRead: sqlRead },
        { operation: 'DuckDB, tables loaded', timing: duckDbTiming, ...none },
        { operation: 'DuckDB, loading the files', timing: toTiming([loadMs]), ...none },
        { operation: 'league document with all deductions', timing: document, rowsRead: documentRead },
        { operation: 'running quarter: league table', timing: running, ...none },
        { operation: 'running quarter: ten minutes unrefreshed', timing: overtaken, ...none },
        { operation: 'all rollups anew', timing: refresh, ...none },
        { operation: 'import of a 10-row correction', timing: corrections, ...none },
      ],
    }
  } finally {
    duckDb.close()
    await database.close()
  }
}

/** One data set: imported through the product, asked in three ways, corrected. Throws when the three disagree. */
export function benchLeague(
  size: DatasetSize,
  scenario: Scenario,
  say: (line: string) => void,
): Promise<LeagueFinding> {
  return withBenchData(async (data) => {
    say(`${size.unitCount} units, ${size.reportCount} reports: making the files`)
    const facts = makeProvinceFacts({ ...scenario.dataset, ...size })
    const files = await writeFactFiles(facts, data.filesDir)
    say('importing')
    const { reports } = await importAll(data, files, scenario.now)
    say('asking')
    return { size, reportsImport: reports, ...(await measureQuestions(data, facts, files, scenario)) }
  })
}
