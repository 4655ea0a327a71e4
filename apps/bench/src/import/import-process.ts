import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type PeakMemory, watchPeakMemory } from '../measure/peak-memory.ts'
import type { ImportRequest, ImportTimes } from './import-once.ts'

/** As scripts/bootstrap starts the command line. */
const FRUGAL = ['--max-semi-space-size=8', '--max-old-space-size=320']
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

export interface MeasuredImport extends ImportTimes {
  readonly peak: PeakMemory
}

/** The first process of an embedded engine; null when it cannot be told. */
function postmasterOf(dataPath: string): number | null {
  const [line] = readFileSync(join(dataPath, 'postmaster.pid'), 'utf8').split('\n')
  const pid = Number(line)
  return Number.isSafeInteger(pid) && pid > 0 ? pid : null
}

/**
 * Runs a command of the benchmark in a process of its own, which loads nothing but what it needs, and watches the memory of all
 * that takes part. `dataPath`: of the engine. Throws when it fails.
 */
export async function runMeasured(
  args: readonly string[],
  dataPath: string,
): Promise<{ readonly output: string; readonly peak: PeakMemory }> {
  const child = spawn(process.execPath, [...FRUGAL, MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const watch = watchPeakMemory(child.pid ?? 0, postmasterOf(dataPath))
  let output = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text: string) => {
    output += text
  })
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const peak = watch.stop()
  if (exitCode !== 0) throw new Error(`${args.join(' ')} ended with status ${exitCode}`)
  return { output, peak }
}

/** Imports a file in a process of its own. `dataPath`: of the engine. */
export async function measureImport(request: ImportRequest, dataPath: string): Promise<MeasuredImport> {
  const { output, peak } = await runMeasured(['import-file', JSON.stringify(request)], dataPath)
  // Safe: `main.ts import-file` prints what `importOnce` returned.
  return { ...(JSON.parse(output) as ImportTimes), peak }
}
