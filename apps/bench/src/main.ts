import { parseArgs } from 'node:util'
import type { LogFiles } from './audit/write-log.ts'
import type { BulletinRequest } from './bulletin/bulletin-once.ts'
import type { ImportRequest } from './import/import-once.ts'
import type { QuarterRequest } from './quarter/quarter-once.ts'
import { makeScenario } from './scenario.ts'

const USAGE = `Usage: node apps/bench/src/main.ts league|import|audit|scope|load|quarter|bulletin|what-if|draw|filings|leads|statistics|all [--quick] [--units N --reports N]
  league   the league table beside plain SQL and DuckDB: 40 and 3,000 units, 1,000 and 1,000,000 reports
  import   rows per second and memory: 50,000 rows from XLSX, 1,000,000 from CSV
  scope    what a county and a province may see of 1,000,000 reports, with one net and with both
  load     mixed requests of a county over 1,000,000 reports: how many a second, how long each
  quarter  a quarter of 3,000 units and 1,000,000 reports frozen, verified and recomputed: seconds and memory
  bulletin the bulletin of 3,000 units with every annex: seconds and memory
  what-if  one edit of a draft regulation: 200 units and 10,000 reports recomputed
  draw     500 drawn from 40,000 units, and the pool's file read and hashed
  filings  an office's list of a holiday's forms from 3,000 units beside plain SQL
  leads    10,000 leads matched with 100,000 reports: seconds, precision and recall
  audit    a log of 1,000,000 entries verified offline: seconds and memory
  statistics  ranks that say how sure they are: milliseconds, and how often they hold the truth
  --quick  a fiftieth of the reports and entries, and fewer runs
  --units, --reports  one data set of that size instead`

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function readCount(text: string | undefined): number | null {
  if (text === undefined) return null
  const count = Number(text)
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`not a count: ${text}`)
  return count
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, units: { type: 'string' }, reports: { type: 'string' } },
})
const [command, request] = positionals
const isQuick = values.quick === true
const many = isQuick ? 20_000 : 1_000_000

async function runFacts(parts: 'league' | 'import' | 'all'): Promise<void> {
  const [unitCount, reportCount] = [readCount(values.units), readCount(values.reports)]
  const sizes =
    unitCount === null || reportCount === null
      ? [40, 3_000].flatMap((units) => [1_000, many].map((reports) => ({ unitCount: units, reportCount: reports })))
      : [{ unitCount, reportCount }]
  const csvRows = reportCount ?? many
  const xlsxRows = Math.min(isQuick ? 5_000 : 50_000, csvRows)
  const { runBenchmarks } = await import('./run-benchmarks.ts')
  print(await runBenchmarks({ parts, scenario: makeScenario(isQuick), sizes, xlsxRows, csvRows }, say))
}

// Parts are loaded when they are needed: an import whose memory is measured must not carry the peers with it.
if (command === 'import-file' && request !== undefined) {
  const { importOnce } = await import('./import/import-once.ts')
  // Safe: only `measureImport` runs this.
  print(JSON.stringify(await importOnce(JSON.parse(request) as ImportRequest)))
} else if (command === 'audit-file' && request !== undefined) {
  const { verifyOnce } = await import('./audit/verify-once.ts')
  // Safe: only `benchAudit` runs this.
  print(JSON.stringify(await verifyOnce(JSON.parse(request) as LogFiles)))
} else if (command === 'quarter-once' && request !== undefined) {
  const { quarterOnce } = await import('./quarter/quarter-once.ts')
  // Safe: only `benchQuarter` runs this.
  print(String(await quarterOnce(JSON.parse(request) as QuarterRequest)))
} else if (command === 'bulletin-once' && request !== undefined) {
  const { bulletinOnce } = await import('./bulletin/bulletin-once.ts')
  // Safe: only `benchBulletin` runs this.
  print(String(await bulletinOnce(JSON.parse(request) as BulletinRequest)))
} else if (command === 'bulletin') {
  const { benchBulletin } = await import('./bulletin/bench-bulletin.ts')
  const size = {
    unitCount: readCount(values.units) ?? (isQuick ? 300 : 3_000),
    reportCount: readCount(values.reports) ?? (isQuick ? 2_000 : 30_000),
  }
  print(await benchBulletin(size, makeScenario(isQuick), say))
} else if (command === 'quarter') {
  const { benchQuarter } = await import('./quarter/bench-quarter.ts')
  const size = {
    unitCount: readCount(values.units) ?? (isQuick ? 300 : 3_000),
    reportCount: readCount(values.reports) ?? many,
  }
  print(await benchQuarter(size, makeScenario(isQuick), say))
} else if (command === 'scope') {
  const { benchScope } = await import('./scope/bench-scope.ts')
  print(await benchScope(readCount(values.reports) ?? many, isQuick ? 20 : 200, say))
} else if (command === 'statistics') {
  const { benchStatistics } = await import('./statistics/bench-statistics.ts')
  print(benchStatistics(isQuick, say))
} else if (command === 'load') {
  const { benchLoad } = await import('./load/bench-load.ts')
  print(await benchLoad(readCount(values.reports) ?? many, isQuick ? 10 : 30, say))
} else if (command === 'draw') {
  const { benchDraw } = await import('./draw/bench-draw.ts')
  print(await benchDraw(readCount(values.units) ?? 40_000, 500, isQuick ? 3 : 20))
} else if (command === 'filings') {
  const { benchFilings } = await import('./filings/bench-filings.ts')
  print(await benchFilings(readCount(values.units) ?? 3_000, isQuick ? 3 : 15, say))
} else if (command === 'leads') {
  const { benchLeads } = await import('./leads/bench-leads.ts')
  const reports = readCount(values.reports) ?? (isQuick ? 5_000 : 100_000)
  print(await benchLeads({ leads: Math.ceil(reports / 10), reports }, say))
} else if (command === 'what-if') {
  const { benchWhatIf } = await import('./what-if/bench-what-if.ts')
  print(await benchWhatIf(makeScenario(isQuick)))
} else if (command === 'league' || command === 'import' || command === 'audit' || command === 'all') {
  if (command !== 'audit') await runFacts(command)
  if (command === 'audit' || command === 'all') {
    const { benchAudit, toAuditFindingText } = await import('./audit/bench-audit.ts')
    print(toAuditFindingText(await benchAudit(many, say)))
  }
} else {
  say(USAGE)
  process.exitCode = 2
}
