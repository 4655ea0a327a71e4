import { type Engine, type EngineSource, openEngine } from '../engine/open-engine.ts'
import type { EngineHooks } from '../engine/progress.ts'
import { connect, type Connection } from './connect.ts'

export interface OpenDatabase extends Connection {
  readonly engine: Engine
  /** Waits for running queries, closes the pool and leaves the engine. */
  close(): Promise<void>
}

/** What a program needs: the engine behind `source`, made and started when it is ours, and a handle over it. */
export async function openDatabase(source: EngineSource, hooks: EngineHooks = {}): Promise<OpenDatabase> {
  const engine = await openEngine(source, hooks)
  const connection = connect({ ...engine.connection, application_name: `zhidu ${process.pid}` })
  return {
    ...connection,
    engine,
    close: async () => {
      await connection.close()
      await engine.close()
    },
  }
}
