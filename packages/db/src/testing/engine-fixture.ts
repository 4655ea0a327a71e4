import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { prepareBinaries } from '../engine/binaries.ts'
import { isAlive, readPostmasterFile, stopPostmaster } from '../engine/postmaster.ts'

const CHILD = join(import.meta.dirname, 'engine-child.ts')

/** A folder of one's own that every user may enter; `remove` ends an engine that still runs in it. */
export function makeFolder(): { readonly path: string; remove(): Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), 'zhidu-engine-'))
  chmodSync(path, 0o755)
  return {
    path,
    remove: async () => {
      for (const name of ['data', 'orphan', '.']) {
        const pointer = join(path, name, 'engine.json')
        const home = existsSync(pointer) ? JSON.parse(readFileSync(pointer, 'utf8')).home : join(path, name)
        await stopPostmaster(join(home, 'postgres'), await prepareBinaries(18, null, () => path))
        if (existsSync(pointer)) rmSync(home, { recursive: true, force: true })
      }
      rmSync(path, { recursive: true, force: true })
    },
  }
}

export interface EngineChild {
  readonly pid: number
  /** Lines said so far. */
  readonly lines: readonly string[]
  readonly errors: readonly string[]
  /** Waits for a line that begins with `text`. Throws when the program ends without it. */
  waitFor(text: string): Promise<string>
  kill(): void
  /** Lets it close cleanly. */
  finish(): void
  readonly exited: Promise<number | null>
}

export function startChild(
  mode: 'describe' | 'serve' | 'hold' | 'insert' | 'compute' | 'cycle',
  dataDir: string,
  user?: { uid: number; gid: number },
): EngineChild {
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(process.execPath, [CHILD, mode, dataDir], {
    ...user,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const errors: string[] = []
  let exitCode: number | null | undefined
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line))
  child.stdin.on('error', () => undefined)
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve((exitCode = code)))
  })
  return {
    pid: child.pid ?? 0,
    lines,
    errors,
    exited,
    waitFor: async (text) => {
      for (;;) {
        const line = lines.find((candidate) => candidate.startsWith(text))
        if (line !== undefined) return line
        if (exitCode !== undefined) throw new Error(`${mode} ended with ${exitCode}: ${errors.join('\n')}`)
        await sleep(5)
      }
    },
    kill: () => child.kill('SIGKILL'),
    finish: () => child.stdin.end(),
  }
}

/** Process number of the PostgreSQL that runs on `pgdata`, or null. */
export function runningOn(pgdata: string): number | null {
  const file = readPostmasterFile(pgdata)
  return file !== null && isAlive(file.pid) ? file.pid : null
}

/** Kills PostgreSQL and all its children at once (Linux: those that work in `pgdata`). */
export async function killEngine(pgdata: string, pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It was faster.
    }
  }
  while (runningOn(pgdata) !== null) await sleep(5)
}

export function makeDirectory(path: string, mode: number): string {
  mkdirSync(path, { recursive: true })
  chmodSync(path, mode)
  return path
}
