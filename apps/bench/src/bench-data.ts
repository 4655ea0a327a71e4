import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type EngineSource, migrateToLatest, type OpenDatabase, openDatabase } from '@zhidu/db'
import { installSampleRules } from '@zhidu/services'

/** A place of its own for a data set: files, and an engine with an empty, migrated database. */
export interface BenchData {
  readonly filesDir: string
  readonly dataDir: string
  readonly source: EngineSource
  /** Where the engine's data really are. */
  readonly dataPath: string
  /** Keeps the engine up; idle unless asked. */
  readonly observer: OpenDatabase
}

/** Makes the place, lets `work` use it and takes it away whatever happens. */
export async function withBenchData<T>(work: (data: BenchData) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-bench-'))
  let elsewhere: string | null = null
  try {
    // Started by root, PostgreSQL runs as another user, who has to get through.
    await chmod(folder, 0o711)
    const dataDir = join(folder, 'data')
    const observer = await openDatabase({ dataDir })
    try {
      await migrateToLatest(observer.db)
      await installSampleRules(observer.db)
      const engine = observer.engine.describe()
      if (engine.kind !== 'embedded') throw new RangeError('the benchmark measures the embedded engine')
      if (engine.isElsewhere) elsewhere = dirname(engine.dataPath)
      return await work({ filesDir: folder, dataDir, source: { dataDir }, dataPath: engine.dataPath, observer })
    } finally {
      await observer.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
    if (elsewhere !== null) await rm(elsewhere, { recursive: true, force: true })
  }
}
