import { chownSync, lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The user PostgreSQL runs as; null = the one this process runs as. */
export interface RunAs {
  readonly uid: number
  readonly gid: number
}

const NOBODY: RunAs = { uid: 65_534, gid: 65_534 }

/**
 * PostgreSQL refuses to run as root, and initdb as a user without an entry in the list of users: 65534 where it
 * has one, else whoever is called nobody (macOS: −2) or daemon.
 */
export function unprivilegedOf(passwd: string): RunAs {
  const entries = passwd.split('\n').map((line) => {
    const [name, , uid, gid] = line.split(':')
    return { name, runAs: { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 } }
  })
  const found =
    entries.find(({ runAs }) => runAs.uid === NOBODY.uid) ??
    entries.find(({ name }) => name === 'nobody') ??
    entries.find(({ name }) => name === 'daemon')
  return found?.runAs ?? NOBODY
}

function unprivileged(): RunAs {
  try {
    return unprivilegedOf(readFileSync('/etc/passwd', 'utf8'))
  } catch {
    return NOBODY
  }
}

/**
 * Root hands PostgreSQL to the owner of existing data, else to an unprivileged number.
 * `pgdata` need not exist.
 */
export function runAsFor(pgdata: string): RunAs | null {
  if (process.getuid?.() !== 0) return null
  const found = statSync(pgdata, { throwIfNoEntry: false })
  return found === undefined || found.uid === 0 ? unprivileged() : { uid: found.uid, gid: found.gid }
}

function mayEnter(stats: Stats, runAs: RunAs): boolean {
  if (stats.uid === runAs.uid) return (stats.mode & 0o100) !== 0
  if (stats.gid === runAs.gid) return (stats.mode & 0o010) !== 0
  return (stats.mode & 0o001) !== 0
}

/** True when every existing folder on the way to `path` lets that user in. */
export function canReach(path: string, runAs: RunAs | null): boolean {
  if (runAs === null) return true
  let folder = path
  while (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) folder = dirname(folder)
  for (folder = realpathSync(folder); ; folder = dirname(folder)) {
    if (!mayEnter(statSync(folder), runAs)) return false
    if (folder === dirname(folder)) return true
  }
}

/** Gives a folder and all in it to that user; symbolic links themselves, not what they point to. */
export function handOver(path: string, runAs: RunAs | null): void {
  if (runAs === null) return
  if (lstatSync(path).isSymbolicLink()) return
  chownSync(path, runAs.uid, runAs.gid)
  if (!lstatSync(path).isDirectory()) return
  for (const name of readdirSync(path)) handOver(join(path, name), runAs)
}
