import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Account, readAccounts } from './accounts.ts'

const MAIN = join(import.meta.dirname, '../../../cli/src/main.ts')
const START_MS = 120_000
/** Names the data folder of a demonstration that was stopped, to begin with a copy of it. */
export const DEMONSTRATION = 'ZHIDU_E2E_DEMONSTRATION'
const STOP_MS = 30_000
/** Tests sign in as the same few people again and again, and leave the sessions before as they are. */
const MOST_SESSIONS = '20'

/** The program as a user runs it, over data of its own. */
export interface CommandEnd {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningServer {
  readonly url: string
  /** The demonstration's accounts by login name; empty without it. */
  readonly accounts: ReadonlyMap<string, Account>
  readonly pid: number
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>
  /** kill -9 of the program and of every process of its database. */
  killEverything(): Promise<void>
}

/** Throws when the program did not list it at its start. */
export function accountOf(server: RunningServer, loginName: string): Account {
  const account = server.accounts.get(loginName)
  if (account === undefined) throw new Error(`no account ${loginName} at the start`)
  return account
}

type Env = Readonly<Record<string, string>>

function start(args: readonly string[], dataDir: string, env: Env): ChildProcess {
  const { DATABASE_URL: _d, NODE_OPTIONS: _n, ...outside } = process.env
  return spawn(process.execPath, [MAIN, ...args], {
    env: { ...outside, INIT_CWD: import.meta.dirname, ZHIDU_DATA: dataDir, LANG: 'zh_CN.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const said = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  return said
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Numbers of the database's processes: all of them work in the data folder. */
function databasePids(dataDir: string): number[] {
  const pgdata = join(dataDir, 'postgres')
  const file = join(pgdata, 'postmaster.pid')
  const head = existsSync(file) ? [Number(readFileSync(file, 'utf8').split('\n')[0])] : []
  if (process.platform !== 'linux') return head
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readlinkSync(`/proc/${name}/cwd`) === pgdata
      } catch {
        return false
      }
    })
    .map(Number)
}

function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself in the meantime.
    }
  }
}

/** The files as they are, with their owners: PostgreSQL keeps out of a folder that is somebody else's. */
function copyFolder(from: string, to: string): void {
  if (process.platform === 'win32') cpSync(from, to, { recursive: true })
  else execFileSync('cp', ['-a', `${from}/.`, to])
}

/** A data folder; `remove` ends whatever still runs on it. */
export interface Installation {
  readonly dataDir: string
  serve(args: readonly string[], env?: Env): Promise<RunningServer>
  run(args: readonly string[], env?: Env): Promise<CommandEnd>
  remove(): Promise<void>
}

export function createInstallation(): Installation {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhidu-e2e-'))
  // Started by root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(dataDir, 0o755)
  const children = new Set<ChildProcess>()

  async function stop(child: ChildProcess): Promise<void> {
    if (hasEnded(child)) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })])
    if (hasEnded(child)) return
    child.kill('SIGKILL')
    await ended
    throw new Error('the server did not stop when asked')
  }

  async function serve(args: readonly string[], env: Env = {}): Promise<RunningServer> {
    const demonstration = process.env[DEMONSTRATION]
    if (demonstration !== undefined && args.includes('--demo') && readdirSync(dataDir).length === 0) {
      copyFolder(demonstration, dataDir)
    }
    const child = start(['serve', ...args], dataDir, { PORT: '0', ZHIDU_SESSIONS_PER_ACCOUNT: MOST_SESSIONS, ...env })
    children.add(child)
    const said = collect(child)
    const startedAt = performance.now()
    for (;;) {
      const url = /值督已启动：(\S+)/.exec(said.stderr)?.[1]
      if (url !== undefined) {
        return {
          url,
          accounts: readAccounts(said.stderr),
          pid: child.pid ?? 0,
          stop: () => stop(child),
          killEverything: async () => {
            const ended = once(child, 'exit')
            killAll([child.pid ?? 0, ...databasePids(dataDir)])
            await ended
            // Processes of the database that were born meanwhile.
            killAll(databasePids(dataDir))
          },
        }
      }
      if (hasEnded(child) || performance.now() - startedAt > START_MS) throw new Error(`not started: ${said.stderr}`)
      await sleep(25)
    }
  }

  async function run(args: readonly string[], env: Env = {}): Promise<CommandEnd> {
    const child = start(args, dataDir, env)
    children.add(child)
    const said = collect(child)
    const [status]: (number | null)[] = await once(child, 'close')
    return { status: status ?? null, ...said }
  }

  async function remove(): Promise<void> {
    try {
      await Promise.all([...children].map((child) => stop(child)))
    } finally {
      killAll(databasePids(dataDir))
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 })
    }
  }

  return { dataDir, serve, run, remove }
}
