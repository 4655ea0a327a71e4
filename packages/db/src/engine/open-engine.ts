import type pg from 'pg'
import { type ServerAddress, toConnectionString } from '../connection/connection-string.ts'
import { DATABASE, OWNER_ROLE, ROLE_SETTINGS } from './bootstrap.ts'
import { EmbeddedEngine } from './embedded-engine.ts'
import type { EngineHooks } from './progress.ts'
import { type Logins, loginsOf, serverLogins } from './logins.ts'
import { inspectServer } from './server-engine.ts'

/** Where the data are: a folder with an engine of ours (ZHIDU_DATA), or a server (DATABASE_URL). */
export type EngineSource = { readonly dataDir: string } | { readonly databaseUrl: string }

export type EngineDescription =
  | {
      readonly kind: 'embedded'
      readonly version: string
      /** ZHIDU_DATA. */
      readonly dataDir: string
      /** Where the data really are. */
      readonly dataPath: string
      /** True when they had to be put outside ZHIDU_DATA; worth telling the user. */
      readonly isElsewhere: boolean
      readonly binariesPath: string
      /** True when the binaries had to be copied there; worth telling the user. */
      readonly isBinariesCopy: boolean
      readonly logFile: string
      /** Folder of the socket, or `127.0.0.1:port`. */
      readonly address: string
      /** User PostgreSQL runs as when it cannot be the caller. */
      readonly uid: number | null
    }
  | { readonly kind: 'server'; readonly version: string; readonly server: string; readonly database: string }

export interface Engine {
  readonly connectionString: string
  /** The owner's, for a pool or client of one's own. */
  readonly connection: pg.ClientConfig
  readonly logins: Logins
  describe(): EngineDescription
  /** Call after the last query; the last process to close an embedded engine ends it. */
  close(): Promise<void>
}

async function openEmbedded(dataDir: string, hooks: EngineHooks): Promise<Engine> {
  const { address, engine, version } = await EmbeddedEngine.open(dataDir, hooks)
  const { home, binaries } = engine
  const target: ServerAddress = { ...address, user: OWNER_ROLE, password: engine.password, database: DATABASE }
  return {
    connectionString: toConnectionString(target),
    connection: { ...target },
    logins: loginsOf({ ...target }, engine.password),
    describe: () => ({
      kind: 'embedded',
      version,
      dataDir: home.dataDir,
      dataPath: home.pgdata,
      isElsewhere: home.isElsewhere,
      binariesPath: binaries.path,
      isBinariesCopy: binaries.isCopy,
      logFile: home.logFile,
      address: target.host.startsWith('/') ? target.host : `${target.host}:${target.port}`,
      uid: home.runAs?.uid ?? null,
    }),
    close: () => engine.close(),
  }
}

/** Makes the database reachable. Throws EngineError with a code for everything a person can put right. */
export async function openEngine(source: EngineSource, hooks: EngineHooks = {}): Promise<Engine> {
  if ('dataDir' in source) return await openEmbedded(source.dataDir, hooks)
  const info = await inspectServer(source.databaseUrl)
  const logins = await serverLogins(source.databaseUrl, ROLE_SETTINGS)
  return {
    connectionString: source.databaseUrl,
    connection: logins.owner,
    logins,
    describe: () => ({ kind: 'server', ...info }),
    close: async () => undefined,
  }
}
