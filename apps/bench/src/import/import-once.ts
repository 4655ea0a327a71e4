import { basename } from 'node:path'
import type { Kind } from '@zhidu/contract'
import { openDatabase } from '@zhidu/db'
import { importFile, type ImportProgress } from '@zhidu/services'

export interface ImportRequest {
  readonly dataDir: string
  readonly kind: Kind
  readonly path: string
  /** The present as the import sees it, epoch ms. */
  readonly now: number
}

/** Times in milliseconds; starting the process and finding the engine are not in them. */
export interface ImportTimes {
  readonly rows: number
  readonly changed: number
  readonly totalMs: number
  /** Reading and staging, checking, and writing with the rollups. */
  readonly phaseMs: Readonly<Record<ImportProgress['phase'], number>>
}

/** One import as the command does it. Throws when a row is refused. */
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
    const file = { kind, path, fileName: basename(path), dryRun: false, acceptValid: false, language: 'en' } as const
    const result = await importFile(
      { db: database.db, report: database.db, clock: () => now, actor: { kind: 'local', name: 'bench' } as const },
      { ...file, onProgress: (progress) => turn(progress.phase) },
    )
    turn(phase)
    if (result.errors.length > 0) throw new Error(`${kind}: ${JSON.stringify(result.errors[0])}`)
    const changed = result.created + result.updated
    return { rows: result.rows, changed, totalMs: performance.now() - startedAt, phaseMs }
  } finally {
    await database.close()
  }
}
