import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { canReach, handOver, type RunAs } from './run-as.ts'

/** sun_path holds 108 bytes on Linux and 104 on macOS, with its final zero; the name of the socket is in it. */
const MAX_PATH_BYTES = 103
const SOCKET_NAME = '/.s.PGSQL.5432'

function fits(folder: string): boolean {
  return Buffer.byteLength(folder) + SOCKET_NAME.length <= MAX_PATH_BYTES
}

function isPrivate(folder: string, uid: number): boolean {
  const found = lstatSync(folder)
  return found.isDirectory() && found.uid === uid && (found.mode & 0o777) === 0o700
}

/**
 * A folder (0700) for the socket: `<home>/run`, or, where that path is too long for a socket, a short one under
 * /tmp, named after `home`, or at random when someone else made that name. PostgreSQL remembers which in its
 * postmaster.pid, and touches it so that cleaners of /tmp leave it.
 */
export function makeSocketDir(home: string, runAs: RunAs | null): string {
  // Data that were taken away under a running program must not come back as an empty folder.
  statSync(home)
  const uid = runAs?.uid ?? process.getuid?.() ?? 0
  const inHome = join(home, 'run')
  if (fits(inHome) && canReach(home, runAs)) {
    if (!existsSync(inHome)) mkdirSync(inHome, { mode: 0o700 })
    chmodSync(inHome, 0o700)
    handOver(inHome, runAs)
    return inHome
  }
  const short = `/tmp/zhidu-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`
  try {
    mkdirSync(short, { mode: 0o700 })
    if (runAs !== null) chownSync(short, runAs.uid, runAs.gid)
  } catch {
    // Already there: ours, or not.
  }
  if (isPrivate(short, uid)) return short
  const random = mkdtempSync(`${short}-`)
  handOver(random, runAs)
  return random
}
