import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@zhidu/db'
import type { Kind } from '@zhidu/contract'
import { importFile, type ImportProgress } from '@zhidu/services'
import { type PeakMemory, watchPeakMemory } from '../measure/peak-memory.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

export interface ImportRequest {
  readonly dataDir: string
  readonly kind: Kind
  readonly path: string
  /** The present as the import sees it, epoch ms. */
  readonly now: number
}

/** Times in milliseconds; starting the process and finding the engine are not in them. */
interface ImportTimes {
  readonly rows: number
  readonly changed: number
  readonly totalMs: number
  /** Reading and staging, checking, and writing with the rollups. */
  readonly phaseMs: Readonly<Record<ImportProgress['phase'], number>>
}

export interface MeasuredImport extends ImportTimes {
  readonly peak: PeakMemory
}

/** One import as the command does it; what `main.ts import-file` runs. Throws when a row is refused. */
export async function importOnce({ dataDir, kind, now, path }: ImportRequest): Promise<ImportTimes> {
  const database = await openDatabase({ dataDir })
  try {
    const phaseMs = { reading: 0, waiting: 0, checking: 0, writing: 0 }
    const startedAt = performance.now()
    let phase: ImportProgress['phase'] = 'reading'
    let since = startedAt
    const turn = (next: ImportProgress['phase']): void => {
      const at = performance.now()
      phaseMs[phase] += at - since
      phase = next
      since = at
    }
    const result = await importFile(
      { db: database.db, clock: () => now },
      {
        kind,
        path,
        fileName: basename(path),
        dryRun: false,
        acceptValid: false,
        language: 'en',
        onProgress: (progress) => turn(progress.phase),
      },
    )
    turn(phase)
    if (result.errors.length > 0) throw new Error(`${kind}: ${JSON.stringify(result.errors[0])}`)
    return {
      rows: result.rows,
      changed: result.created + result.updated,
      totalMs: performance.now() - startedAt,
      phaseMs,
    }
  } finally {
    await database.close()
  }
}

/** The first process of an embedded engine; null when it cannot be told. */
function postmasterOf(dataPath: string): number | null {
  const [line] = readFileSync(join(dataPath, 'postmaster.pid'), 'utf8').split('\n')
  const pid = Number(line)
  return Number.isSafeInteger(pid) && pid > 0 ? pid : null
}

/** Imports a file in a process of its own and watches the memory of all that takes part. `dataPath`: of the engine. */
export async function measureImport(request: ImportRequest, dataPath: string): Promise<MeasuredImport> {
  const child = spawn(process.execPath, [MAIN, 'import-file', JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
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
  if (exitCode !== 0) throw new Error(`the import of ${request.kind} ended with status ${exitCode}`)
  // Safe: `main.ts import-file` prints what `importOnce` returned.
  return { ...(JSON.parse(output) as ImportTimes), peak }
}
