import type { Db } from '../db.ts'
import { type Engine, type EngineSource, openEngine } from '../engine/open-engine.ts'
import type { EngineHooks } from '../engine/progress.ts'
import { connect, type Connection } from './connect.ts'

/** `db` and `pool` are the owner's: structure, upkeep and commands at the machine. */
export interface OpenDatabase extends Connection {
  readonly engine: Engine
  /** The log-in of requests: reads and writes facts inside `withScope` only. */
  readonly app: Db
  /** The log-in of comparison: reads every unit's facts, writes nothing. */
  readonly report: Db
  /** Waits for running queries, closes the pools and leaves the engine. */
  close(): Promise<void>
}

/** What a program needs: the engine behind `source`, made and started when it is ours, and a handle for each log-in. */
export async function openDatabase(source: EngineSource, hooks: EngineHooks = {}): Promise<OpenDatabase> {
  const engine = await openEngine(source, hooks)
  const name = { application_name: `zhidu ${process.pid}` }
  const owner = connect({ ...engine.logins.owner, ...name })
  const app = connect({ ...engine.logins.app, ...name }, { isScoped: true })
  const report = connect({ ...engine.logins.report, ...name })
  return {
    ...owner,
    engine,
    app: app.db,
    report: report.db,
    close: async () => {
      await Promise.all([owner.close(), app.close(), report.close()])
      await engine.close()
    },
  }
}
