import { linkSync, readdirSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, readPostmasterFile } from './postmaster.ts'
import { runProgram } from './run-program.ts'

/** The folder a process works in, where that can be told (Linux); PostgreSQL's is its data folder. */
function workingFolderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

/** True for a process of our own user, whatever of it is hidden from us. */
function isOfOurUser(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/**
 * Whether a process works in `folder`. One of our own user that hides where it works, in a sandbox of its own, is taken to:
 * mistaking PostgreSQL for a stranger would start a second one on its data.
 */
function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch (error) {
    const isHidden = error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')
    return isHidden && isOfOurUser(pid)
  }
}

/** False when `pid` lives but is no PostgreSQL on these data: the number was given to another process since. */
export async function isPostmasterOf(pid: number, pgdata: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform === 'win32') return true
  if (process.platform === 'linux') return worksIn(pid, realpathSync(pgdata))
  const { output } = await runProgram('ps', ['-p', String(pid), '-o', 'comm='], null)
  return output.includes('postgres')
}

/**
 * Removes the note of a PostgreSQL that is gone when its number now belongs to another process: PostgreSQL itself
 * would take that for the server and refuse to start, for ever in a container. Its own lock on shared memory still
 * keeps a second server away from the data.
 */
export function removeStaleFile(pgdata: string, pid: number): void {
  const path = join(pgdata, 'postmaster.pid')
  const aside = `${path}.stale`
  if (readPostmasterFile(pgdata)?.pid !== pid) return
  renameSync(path, aside)
  // Someone may have started one in this very moment: then the file goes back.
  const moved = readPostmasterFile(pgdata, 'postmaster.pid.stale')
  if (moved !== null && moved.pid !== pid) linkSync(aside, path)
  rmSync(aside, { force: true })
}

/**
 * Ends processes of a PostgreSQL whose head was killed and which did not notice yet (a long computation):
 * they hold the data, and nothing they do can be committed any more. Linux only; elsewhere they are waited for.
 */
export function endOrphans(pgdata: string): void {
  if (process.platform !== 'linux') return
  const folder = realpathSync(pgdata)
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || !isOrphanIn(Number(name), folder)) continue
    try {
      process.kill(Number(name), 'SIGQUIT')
    } catch {
      // Gone by itself.
    }
  }
}

/** A child by its title, without a head: one that is just being started by someone else is none. */
function isOrphanIn(pid: number, folder: string): boolean {
  if (workingFolderOf(pid) !== folder) return false
  try {
    const title = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    return title.startsWith('postgres:') && workingFolderOf(parent) !== folder
  } catch {
    return false
  }
}
