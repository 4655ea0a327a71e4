import type { DatasetSize } from './dataset/province-facts.ts'
import { benchCopy, benchImport, type ImportFinding, type ImportFormat } from './import/bench-import.ts'
import { benchLeague, type LeagueFinding } from './league/bench-league.ts'
import { toImportText, toLeagueText } from './report/print-findings.ts'
import type { Scenario } from './scenario.ts'
import { benchWhatIf } from './what-if/bench-what-if.ts'

export interface Benchmarks {
  readonly parts: 'league' | 'import' | 'all'
  readonly scenario: Scenario
  /** Data sets of the league table. */
  readonly sizes: readonly DatasetSize[]
  readonly xlsxRows: number
  readonly csvRows: number
}

/** Units of the files that are only imported. */
const IMPORT_UNITS = 40

async function runImports(
  { csvRows, scenario, xlsxRows }: Benchmarks,
  say: (line: string) => void,
): Promise<ImportFinding[]> {
  const files: [ImportFormat, number][] = [
    ['xlsx', xlsxRows],
    ['csv', csvRows],
  ]
  const findings: ImportFinding[] = []
  for (const [format, reportCount] of files) {
    say(`importing ${reportCount} rows from ${format}, twice`)
    findings.push(await benchImport({ unitCount: IMPORT_UNITS, reportCount }, format, scenario))
  }
  return findings
}

/** Measures one after another and gives the text of all findings; `say` tells what is going on. */
export async function runBenchmarks(benchmarks: Benchmarks, say: (line: string) => void): Promise<string> {
  const { csvRows, parts, scenario, sizes } = benchmarks
  const leagues: LeagueFinding[] = []
  if (parts !== 'import') for (const size of sizes) leagues.push(await benchLeague(size, scenario, say))
  if (parts === 'league')
    return [toLeagueText(leagues), toImportText({ imports: [], leagues, copy: null })].join('\n\n')
  const imports = await runImports(benchmarks, say)
  const whatIf = parts === 'all' ? [await benchWhatIf(scenario)] : []
  const copy = { rows: csvRows, ms: await benchCopy({ unitCount: IMPORT_UNITS, reportCount: csvRows }, scenario) }
  return [
    ...(leagues.length > 0 ? [toLeagueText(leagues)] : []),
    toImportText({ imports, leagues, copy }),
    ...whatIf,
  ].join('\n\n')
}
