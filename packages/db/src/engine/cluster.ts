import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Binaries, executable } from './binaries.ts'
import { EngineError } from './engine-error.ts'
import { toEngineError } from './engine-trouble.ts'
import { isAlive } from './postmaster.ts'
import { handOver, type RunAs } from './run-as.ts'
import { lastLines, runProgram } from './run-program.ts'

/** Bootstrap superuser of the embedded engine: keeps roles and databases, never runs the product's queries. */
export const SUPERUSER = 'postgres'

/** Throws when `pgdata` holds data of another major version. */
export function assertMajor(pgdata: string, major: number): void {
  const found = readFileSync(join(pgdata, 'PG_VERSION'), 'utf8').trim()
  if (found !== String(major)) {
    throw new EngineError('data_of_other_major', { path: pgdata, found, wanted: String(major) })
  }
}

/** Drafts of an initdb that was killed; one whose process still lives is left alone. */
function sweepDrafts(pgdata: string): void {
  const prefix = `${pgdata.slice(dirname(pgdata).length + 1)}.draft-`
  for (const name of readdirSync(dirname(pgdata))) {
    if (!name.startsWith(prefix)) continue
    if (!isAlive(Number.parseInt(name.slice(prefix.length), 10))) {
      rmSync(join(dirname(pgdata), name), { recursive: true, force: true })
    }
  }
}

/** Does nothing when another process was faster. */
function moveIntoPlace(draft: string, pgdata: string): void {
  try {
    renameSync(draft, pgdata)
  } catch (error) {
    if (existsSync(join(pgdata, 'PG_VERSION'))) return
    if (existsSync(pgdata)) throw new EngineError('data_folder_foreign', { path: pgdata }, { cause: error })
    throw error
  }
}

/** So that the new name outlives a loss of power. Windows knows no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

export interface ClusterOptions {
  readonly binaries: Binaries
  readonly pgdata: string
  readonly password: string
  readonly runAs: RunAs | null
  /** Only for tests: data may be lost with the machine. */
  readonly isUnsafe?: boolean
}

/**
 * Makes the data folder when there is none: UTF-8, code-point collation, page checksums, passwords for every
 * connection. Made beside its place and moved there whole, so that a killed or a second maker leaves no half of one.
 */
export async function ensureCluster(options: ClusterOptions): Promise<void> {
  const { binaries, pgdata, runAs } = options
  if (existsSync(join(pgdata, 'PG_VERSION'))) return assertMajor(pgdata, binaries.major)
  const draft = `${pgdata}.draft-${process.pid}`
  const passwordFile = `${draft}.password`
  try {
    sweepDrafts(pgdata)
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { mode: 0o700 })
    handOver(draft, runAs)
    writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 })
    handOver(passwordFile, runAs)
    const args = ['-D', draft, '-U', SUPERUSER, '-E', 'UTF8', '--locale=C', '--data-checksums']
    args.push('--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-instructions')
    if (options.isUnsafe === true) args.push('--no-sync')
    const { exitCode, output } = await runProgram(executable(binaries, 'initdb'), args, runAs)
    if (exitCode !== 0) throw toEngineError(new Error(lastLines(output, 6)), pgdata)
    moveIntoPlace(draft, pgdata)
    if (options.isUnsafe !== true) syncFolder(dirname(pgdata))
  } catch (error) {
    throw toEngineError(error, pgdata)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}
