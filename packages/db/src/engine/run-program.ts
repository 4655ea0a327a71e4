import { spawn } from 'node:child_process'
import type { RunAs } from './run-as.ts'

export interface ProgramResult {
  readonly exitCode: number | null
  /** Both streams, as they came. */
  readonly output: string
}

/** Nothing of the caller's locale, zone or PG* variables reaches PostgreSQL. */
export function engineEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env
  const inherited = Object.entries({ PATH, SystemRoot, TEMP, TMP }).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', TZ: 'UTC' }
}

/** Runs a program of the engine to its end. Rejects when it cannot be started at all. */
export async function runProgram(file: string, args: readonly string[], runAs: RunAs | null): Promise<ProgramResult> {
  return await new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...runAs,
      cwd: '/',
      env: engineEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, output }))
  })
}

/** The last lines of a program's output, short enough for an error message. */
export function lastLines(output: string, count = 3): string {
  return output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-count)
    .join(' | ')
    .slice(-600)
}
