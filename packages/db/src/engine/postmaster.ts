import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Binaries, executable } from './binaries.ts'
import { toEngineError } from './engine-trouble.ts'
import { handOver, type RunAs } from './run-as.ts'
import { engineEnvironment, lastLines, runProgram } from './run-program.ts'
import { asBatch } from './scheduling.ts'

/** What a running PostgreSQL writes about itself into its data folder. */
export interface PostmasterFile {
  readonly pid: number
  readonly port: number
  /** null where there is none (Windows). */
  readonly socketDir: string | null
  readonly isReady: boolean
}

/** A process that has ended but was not yet collected by its parent (in a container: perhaps never). */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')
  } catch {
    return false
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** null when there is none, or not yet whole. */
export function readPostmasterFile(pgdata: string, name = 'postmaster.pid'): PostmasterFile | null {
  let lines: string[]
  try {
    lines = readFileSync(join(pgdata, name), 'utf8').split('\n')
  } catch {
    return null
  }
  const [pid, , , port, socketDir = '', , , status = ''] = lines
  if (!/^\d+$/.test(pid ?? '') || !/^\d+$/.test(port ?? '')) return null
  return {
    pid: Number(pid),
    port: Number(port),
    socketDir: socketDir.trim() === '' ? null : socketDir.trim(),
    isReady: status.trim() === 'ready',
  }
}

/** On a full disk the log stays empty. */
function reasonUnsaid(pgdata: string, end: string): string {
  const { bavail, bsize } = statfsSync(pgdata)
  return bavail * bsize < 1024 * 1024 ? 'No space left on device' : end
}

export interface StartOptions {
  readonly binaries: Binaries
  readonly pgdata: string
  /** Private folder for the socket; null = a loopback port (Windows). */
  readonly socketDir: string | null
  readonly port: number
  readonly runAs: RunAs | null
  readonly logFile: string
  /** Only for tests: data may be lost with the machine. */
  readonly isUnsafe?: boolean
}

/** Sizes are modest on purpose: no process of the engine above some 200 MB, 60 connections. */
function serverArguments(options: StartOptions): string[] {
  const settings: Record<string, string> = {
    listen_addresses: options.socketDir === null ? '127.0.0.1' : '',
    unix_socket_directories: options.socketDir ?? '',
    unix_socket_permissions: '0700',
    port: String(options.port),
    max_connections: '60',
    shared_buffers: '128MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '512MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    fsync: options.isUnsafe === true ? 'off' : 'on',
    synchronous_commit: options.isUnsafe === true ? 'off' : 'on',
    full_page_writes: options.isUnsafe === true ? 'off' : 'on',
  }
  return ['-D', options.pgdata, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

const MAX_LOG_BYTES = 10 * 1024 * 1024

/** The log of the time before is kept as `….1` once it has grown. */
function rotateLog(logFile: string): void {
  const found = statSync(logFile, { throwIfNoEntry: false })
  if (found !== undefined && found.size > MAX_LOG_BYTES) renameSync(logFile, `${logFile}.1`)
}

export type StartOutcome =
  | { readonly kind: 'ready'; readonly file: PostmasterFile }
  /** It ended by itself; `said` is its part of the log. */
  | { readonly kind: 'ended'; readonly said: string }

/**
 * Starts PostgreSQL detached from this process and its terminal, and waits until it takes connections
 * (after a crash: until it has recovered). `onWait` is called about once a second with the seconds gone.
 */
export async function startPostmaster(options: StartOptions, onWait: (seconds: number) => void): Promise<StartOutcome> {
  rotateLog(options.logFile)
  const log = openSync(options.logFile, 'a', 0o600)
  const logStart = statSync(options.logFile).size
  const said = (): string => readFileSync(options.logFile).subarray(logStart).toString('utf8')
  const [file, args] = asBatch(executable(options.binaries, 'postgres'), serverArguments(options))
  const child = spawn(file, [...args], {
    ...options.runAs,
    cwd: '/',
    env: engineEnvironment(),
    stdio: ['ignore', log, log],
    detached: true,
    windowsHide: true,
  })
  closeSync(log)
  handOver(options.logFile, options.runAs)
  let end: string | undefined
  child.on('error', (error) => (end = error.message))
  child.on('exit', (code, signal) => (end ??= `ended with ${code ?? signal}`))
  child.unref()
  const startedAt = performance.now()
  let reported = 0
  for (;;) {
    const found = readPostmasterFile(options.pgdata)
    if (found?.isReady === true && found.pid === child.pid) return { kind: 'ready', file: found }
    if (end !== undefined) return { kind: 'ended', said: lastLines(said(), 4) || reasonUnsaid(options.pgdata, end) }
    const seconds = Math.floor((performance.now() - startedAt) / 1_000)
    if (seconds > reported) onWait((reported = seconds))
    await sleep(10)
  }
}

/**
 * Ends it cleanly: open transactions are rolled back, everything committed is written out.
 * Does nothing when it is no longer there.
 */
export async function stopPostmaster(pgdata: string, binaries: Binaries): Promise<void> {
  const file = readPostmasterFile(pgdata)
  if (file === null || !isAlive(file.pid)) return
  if (process.platform === 'win32') {
    await runProgram(executable(binaries, 'pg_ctl'), ['stop', '-D', pgdata, '-m', 'fast', '-w'], null)
    return
  }
  try {
    process.kill(file.pid, 'SIGINT')
  } catch (error) {
    if (isAlive(file.pid)) throw toEngineError(error, pgdata)
  }
  for (const deadline = performance.now() + 120_000; performance.now() < deadline;) {
    // The file goes last, after the final checkpoint; the process a moment later.
    if (readPostmasterFile(pgdata)?.pid !== file.pid && !isAlive(file.pid)) return
    await sleep(10)
  }
}
