import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withProgress } from '../bootstrap/progress.mjs'
import { runQuietly, signalExitCode } from '../bootstrap/run.mjs'
import { Interrupted } from '../bootstrap/failure.mjs'
import { addTallies, countTests, type Tally, type VitestReport } from './count-tests.ts'
import { chooseSteps, listSteps, type Step } from './steps.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const REPORTS = join(ROOT, '.toolchain', 'test-reports')

interface Result extends Tally {
  readonly step: Step
  readonly seconds: number
}

function readReport(path: string): VitestReport | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as VitestReport) : undefined
}

async function runStep(step: Step): Promise<Result> {
  const report = join(REPORTS, `${step.name}.json`)
  rmSync(report, { force: true })
  const reporters = step.isVitest ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : []
  const startedAt = Date.now()
  const { code, output } = await withProgress(step.title, () =>
    runQuietly(process.execPath, [...step.command, ...reporters], { cwd: ROOT, env: { ...process.env, ...step.env } }),
  )
  const seconds = Math.round((Date.now() - startedAt) / 1_000)
  const tally = step.isVitest
    ? countTests(readReport(report), code)
    : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
  if (tally.failed > 0) process.stdout.write(`\n${output.trimEnd()}\n\n`)
  process.stdout.write(`${describe({ ...tally, step, seconds })}\n`)
  return { ...tally, step, seconds }
}

function describe({ step, passed, failed, seconds }: Result): string {
  const counts = step.isVitest ? ` ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}` : ''
  return `${failed > 0 ? '✗' : '✓'} ${step.title}${counts} (${seconds} s)`
}

async function runSteps(steps: readonly Step[]): Promise<Result[]> {
  const results: Result[] = []
  for (const step of steps) {
    const missing = step.needs?.find((name) => results.some((one) => one.step.name === name && one.failed > 0))
    if (missing === undefined) {
      results.push(await runStep(step))
    } else {
      process.stdout.write(`✗ ${step.title}: 未运行 not run, ${missing} failed\n`)
      results.push({ step, passed: 0, failed: 1, seconds: 0 })
    }
  }
  return results
}

async function main(args: readonly string[]): Promise<number> {
  mkdirSync(REPORTS, { recursive: true })
  const results = await runSteps(chooseSteps(listSteps(ROOT), args))
  const { passed, failed } = addTallies(results)
  const broken = results.filter((result) => result.failed > 0)
  if (broken.length > 0) process.stdout.write(`\n${broken.map(describe).join('\n')}\n`)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed > 0 ? 1 : 0
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof Interrupted) process.exitCode = signalExitCode(error.signal)
  else if (error instanceof RangeError) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  } else throw error
}
