import { parseArgs } from 'node:util'
import { benchCopy, benchImport, type ImportFinding, type ImportFormat } from './import/bench-import.ts'
import { importOnce, type ImportRequest } from './import/import-process.ts'
import { benchLeague, type LeagueFinding } from './league/bench-league.ts'
import { toImportText, toLeagueText } from './report/print-findings.ts'
import { makeScenario, type Scenario } from './scenario.ts'

const USAGE = `Usage: node apps/bench/src/main.ts league|import|all [--quick] [--units N --reports N]
  league   the league table beside plain SQL and DuckDB: 40 and 3,000 units, 1,000 and 1,000,000 reports
  import   rows per second and memory: 50,000 rows from XLSX, 1,000,000 from CSV
  --quick  a fiftieth of the reports and fewer runs
  --units, --reports  one data set of that size instead`

interface Choice {
  readonly scenario: Scenario
  readonly sizes: readonly { readonly unitCount: number; readonly reportCount: number }[]
  readonly xlsxRows: number
  readonly csvRows: number
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

async function runLeagues({ scenario, sizes }: Choice): Promise<LeagueFinding[]> {
  const findings: LeagueFinding[] = []
  for (const size of sizes) findings.push(await benchLeague(size, scenario, say))
  return findings
}

async function runImports(choice: Choice): Promise<ImportFinding[]> {
  const files: [ImportFormat, number][] = [
    ['xlsx', choice.xlsxRows],
    ['csv', choice.csvRows],
  ]
  const findings: ImportFinding[] = []
  for (const [format, reportCount] of files) {
    say(`importing ${reportCount} rows from ${format}, twice`)
    findings.push(await benchImport({ unitCount: 40, reportCount }, format, choice.scenario))
  }
  return findings
}

async function run(command: string, choice: Choice): Promise<void> {
  const leagues = command === 'import' ? [] : await runLeagues(choice)
  const imports = command === 'league' ? [] : await runImports(choice)
  const copySize = { unitCount: 40, reportCount: choice.csvRows }
  const copy = command === 'league' ? null : { rows: choice.csvRows, ms: await benchCopy(copySize, choice.scenario) }
  if (leagues.length > 0) {
    print('Rank, score and counts of every unit agree: league table, plain SQL, DuckDB.\n')
    print(toLeagueText(leagues))
    print('')
  }
  print(toImportText({ imports, leagues, copy }))
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
if (command === 'import-file' && request !== undefined) {
  // Safe: only `measureImport` runs this.
  print(JSON.stringify(await importOnce(JSON.parse(request) as ImportRequest)))
} else if (command === 'league' || command === 'import' || command === 'all') {
  const isQuick = values.quick === true
  const many = isQuick ? 20_000 : 1_000_000
  const [unitCount, reportCount] = [readCount(values.units), readCount(values.reports)]
  const sizes =
    unitCount === null || reportCount === null
      ? [40, 3_000].flatMap((units) => [1_000, many].map((reports) => ({ unitCount: units, reportCount: reports })))
      : [{ unitCount, reportCount }]
  const csvRows = reportCount ?? many
  const xlsxRows = Math.min(isQuick ? 5_000 : 50_000, csvRows)
  await run(command, { scenario: makeScenario(isQuick), sizes, xlsxRows, csvRows })
} else {
  say(USAGE)
  process.exitCode = 2
}
