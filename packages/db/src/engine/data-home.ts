import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeFolder } from './make-folder.ts'
import { EngineError } from './engine-error.ts'
import { toEngineError } from './engine-trouble.ts'
import { canReach, handOver, type RunAs, runAsFor } from './run-as.ts'

/** Where the engine's things lie. All paths are real and absolute. */
export interface DataHome {
  /** ZHIDU_DATA. */
  readonly dataDir: string
  /** Parent of data, log, password and socket: `dataDir`, or elsewhere when `isElsewhere`. */
  readonly home: string
  readonly isElsewhere: boolean
  readonly pgdata: string
  readonly logFile: string
  readonly runAs: RunAs | null
}

/** In ZHIDU_DATA when the data had to go elsewhere: says where. */
const POINTER = 'engine.json'
/** Folders of the system for a program's lasting data, in order of preference. */
const SYSTEM_FOLDERS =
  process.platform === 'darwin' ? ['/usr/local/var/zhidu'] : ['/var/lib/zhidu', '/srv/zhidu', '/opt/zhidu']

/** Writes a file that appears whole or not at all; false when there was one already. */
function createOnce(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (existsSync(path)) return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function readPointer(dataDir: string): string | null {
  const path = join(dataDir, POINTER)
  if (!existsSync(path)) return null
  const { home }: { home: string } = JSON.parse(readFileSync(path, 'utf8'))
  return home
}

function homeAt(dataDir: string, home: string): DataHome {
  const pgdata = join(home, 'postgres')
  const logFile = join(home, 'postgres.log')
  return { dataDir, home, isElsewhere: home !== dataDir, pgdata, logFile, runAs: runAsFor(pgdata) }
}

/** A new folder that PostgreSQL's user can enter, though it cannot enter `dataDir`. */
function makeElsewhere(dataDir: string, runAs: RunAs): string {
  const name = randomBytes(6).toString('hex')
  const problems: string[] = []
  for (const folder of SYSTEM_FOLDERS) {
    try {
      if (!existsSync(folder)) {
        makeFolder(folder)
        chmodSync(folder, 0o711)
      }
      if (!canReach(folder, runAs)) continue
      const home = join(folder, name)
      mkdirSync(home)
      chmodSync(home, 0o711)
      writeFileSync(join(home, 'belongs-to.txt'), `Data of Zhidu for ZHIDU_DATA=${dataDir}\n`)
      return home
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
  }
  throw new EngineError('no_home_for_engine', { uid: String(runAs.uid), path: dataDir, detail: problems.join('; ') })
}

/**
 * Finds or makes the place of the data: in ZHIDU_DATA itself; or, when PostgreSQL has to run as a user who cannot
 * enter that (root in a folder of its own), in a folder of the system, with a pointer left in ZHIDU_DATA.
 */
export function openDataHome(path: string): DataHome {
  const asked = resolve(path)
  try {
    if (!existsSync(asked)) {
      makeFolder(asked)
      chmodSync(asked, process.getuid?.() === 0 ? 0o711 : 0o700)
    }
    const dataDir = realpathSync(asked)
    const pointed = readPointer(dataDir)
    if (pointed !== null) return homeAt(dataDir, pointed)
    const home = homeAt(dataDir, dataDir)
    if (canReach(home.pgdata, home.runAs) || home.runAs === null) return prepareOwner(home)
    if (existsSync(home.pgdata)) {
      const detail = `user ${home.runAs.uid}, who owns the data, cannot enter one of the folders above them`
      throw new EngineError('permission', { path: home.pgdata, detail })
    }
    const elsewhere = makeElsewhere(dataDir, home.runAs)
    if (!createOnce(join(dataDir, POINTER), `${JSON.stringify({ home: elsewhere })}\n`)) {
      rmSync(elsewhere, { recursive: true, force: true })
    }
    return homeAt(dataDir, readPointer(dataDir) ?? elsewhere)
  } catch (error) {
    throw toEngineError(error, asked)
  }
}

/** Data that root copied or unpacked here belong to root; PostgreSQL needs them as its user's. */
function prepareOwner(home: DataHome): DataHome {
  if (home.runAs !== null && existsSync(home.pgdata)) handOver(home.pgdata, home.runAs)
  return home
}

/** The password of the engine's roles, made with the data; only the owner of ZHIDU_DATA can read it. */
export function ensurePassword(home: DataHome): string {
  const path = join(home.home, 'password')
  try {
    if (!existsSync(path)) {
      if (existsSync(home.pgdata)) throw new EngineError('password_lost', { path })
      createOnce(path, randomBytes(24).toString('hex'))
    }
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    throw toEngineError(error, path)
  }
}
