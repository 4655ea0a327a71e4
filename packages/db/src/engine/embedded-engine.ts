import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Binaries, prepareBinaries } from './binaries.ts'
import { bootstrap } from './bootstrap.ts'
import { ensureCluster } from './cluster.ts'
import { type DataHome, ensurePassword, openDataHome } from './data-home.ts'
import { EngineError } from './engine-error.ts'
import { toEngineError } from './engine-trouble.ts'
import { freePort } from './free-port.ts'
import { addressOf, type EngineAddress, joinEngine, type Keeper, leaveEngine } from './keeper.ts'
import { isAlive, readPostmasterFile, startPostmaster, stopPostmaster } from './postmaster.ts'
import { type EngineHooks, withProgress } from './progress.ts'
import { makeSocketDir } from './socket-dir.ts'
import { endOrphans, isPostmasterOf, removeStaleFile } from './stale-postmaster.ts'

/** Recovery after a crash may take long, but says so; what only waits is given up after this. */
const MAX_WAIT_SECONDS = 300
const ORPHAN_PATIENCE_SECONDS = 3
const IS_WINDOWS = process.platform === 'win32'

interface Joined {
  readonly keeper: Keeper
  readonly address: EngineAddress
}

interface OpenEmbeddedEngine {
  readonly engine: EmbeddedEngine
  readonly address: EngineAddress
  /** Of PostgreSQL, e.g. `18.4`. */
  readonly version: string
}

/** The PostgreSQL of one data folder, as one process uses it. */
export class EmbeddedEngine {
  readonly home: DataHome
  readonly password: string
  readonly binaries: Binaries
  readonly #hooks: EngineHooks
  #joined: Joined | undefined
  #port: number | undefined
  #rejoining: Promise<void> | undefined
  #closing: Promise<void> | undefined

  private constructor(home: DataHome, password: string, binaries: Binaries, hooks: EngineHooks) {
    this.home = home
    this.password = password
    this.binaries = binaries
    this.#hooks = hooks
  }

  /** Attaches to the engine that runs on this folder, or starts it; makes the data on the first start. */
  static async open(dataDir: string, hooks: EngineHooks): Promise<OpenEmbeddedEngine> {
    const home = openDataHome(dataDir)
    const password = ensurePassword(home)
    const binaries = await withProgress(hooks, 'copy_binaries', () => prepareBinaries(18, home.runAs, () => home.home))
    const engine = new EmbeddedEngine(home, password, binaries, hooks)
    await withProgress(hooks, 'create_data', () =>
      ensureCluster({ binaries, pgdata: home.pgdata, password, runAs: home.runAs }),
    )
    const { address, keeper } = await engine.#join()
    await bootstrap(keeper.client, password)
    return { engine, address, version: keeper.version }
  }

  async #join(): Promise<Joined> {
    const { pgdata } = this.home
    const startedAt = performance.now()
    for (let reported = 0; ;) {
      const joined = (await this.#attach()) ?? (await this.#start())
      if (joined !== null) {
        this.#joined = joined
        joined.keeper.client.once('end', () => this.#onLost())
        return joined
      }
      if (this.#closing !== undefined) throw new Error('the engine is being closed')
      const seconds = Math.floor((performance.now() - startedAt) / 1_000)
      if (seconds > reported) this.#hooks.onProgress?.('wait_for_other', (reported = seconds))
      if (seconds >= ORPHAN_PATIENCE_SECONDS && !(await this.#hasPostmaster())) endOrphans(pgdata)
      if (seconds >= MAX_WAIT_SECONDS) {
        throw new EngineError('start_timeout', { path: pgdata, seconds: String(seconds), log: this.home.logFile })
      }
      await sleep(100)
    }
  }

  async #hasPostmaster(): Promise<boolean> {
    const file = readPostmasterFile(this.home.pgdata)
    return file !== null && (await isPostmasterOf(file.pid, this.home.pgdata))
  }

  async #attach(): Promise<Joined | null> {
    const { pgdata } = this.home
    const file = readPostmasterFile(pgdata)
    if (file === null) return null
    if (!(await isPostmasterOf(file.pid, pgdata))) {
      // A number that nobody bears is PostgreSQL's own business, and its check for children left behind with it.
      if (isAlive(file.pid)) removeStaleFile(pgdata, file.pid)
      return null
    }
    const address = addressOf(file)
    const keeper = await joinEngine(address, pgdata, this.password)
    return keeper === null ? null : { keeper, address }
  }

  #makeSocketDir(): string {
    try {
      return makeSocketDir(this.home.home, this.home.runAs)
    } catch (error) {
      throw toEngineError(error, this.home.home)
    }
  }

  async #start(): Promise<Joined | null> {
    if (await this.#hasPostmaster()) return null
    const { home, binaries } = this
    const socketDir = IS_WINDOWS ? null : this.#makeSocketDir()
    // Kept when the engine has to be brought back: the pool goes on looking for it there.
    this.#port ??= IS_WINDOWS ? await freePort() : 5432
    const outcome = await startPostmaster(
      {
        binaries,
        pgdata: home.pgdata,
        socketDir,
        port: this.#port,
        runAs: home.runAs,
        logFile: home.logFile,
      },
      (seconds) => this.#hooks.onProgress?.('start', seconds),
    )
    if (outcome.kind === 'ready') return await this.#attach()
    // Another process was faster, or the last one's children are still going.
    if (/lock file \S+ already exists|pre-existing shared memory/.test(outcome.said)) return null
    throw toEngineError(new Error(outcome.said), home.pgdata)
  }

  #onLost(): void {
    this.#joined = undefined
    if (this.#closing === undefined) this.#rejoining = this.#rejoin()
  }

  /** The engine was killed under us: bring it back, however long that takes. The pool reconnects by itself. */
  async #rejoin(): Promise<void> {
    for (let pause = 100; this.#closing === undefined; pause = Math.min(pause * 2, 5_000)) {
      try {
        await this.#join()
        return
      } catch (error) {
        this.#hooks.onTrouble?.(error)
        await sleep(pause)
      }
    }
  }

  /** Leaves the engine; the last one to leave ends it. */
  async close(): Promise<void> {
    this.#closing ??= this.#close()
    await this.#closing
  }

  async #close(): Promise<void> {
    await this.#rejoining
    const joined = this.#joined
    if (joined === undefined) return
    const { client } = joined.keeper
    client.removeAllListeners('end')
    try {
      if (await leaveEngine(joined.keeper)) {
        await withProgress(this.#hooks, 'stop', () => stopPostmaster(this.home.pgdata, this.binaries))
        const { host } = joined.address
        if (host.startsWith('/') && host !== join(this.home.home, 'run')) rmSync(host, { recursive: true, force: true })
      }
    } catch (error) {
      // The engine went away meanwhile: nothing is left to leave.
      this.#hooks.onTrouble?.(error)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}
