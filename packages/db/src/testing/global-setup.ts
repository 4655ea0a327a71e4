import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { connect } from '../connection/connect.ts'
import { type Binaries, type EngineMajor, prepareBinaries } from '../engine/binaries.ts'
import { ROLE_SETTINGS } from '../engine/bootstrap.ts'
import { makeLogins } from '../engine/logins.ts'
import { ensureCluster, SUPERUSER } from '../engine/cluster.ts'
import { freePort } from '../engine/free-port.ts'
import { isAlive, startPostmaster, stopPostmaster } from '../engine/postmaster.ts'
import { canReach, handOver, type RunAs, runAsFor } from '../engine/run-as.ts'
import { makeSocketDir } from '../engine/socket-dir.ts'
import { migrateToLatest } from '../migrations/migrate.ts'
import type { TestEngine } from './test-context.ts'

const TEMPLATE = 'zhidu_template'

/** Folder of all runs: the project's, or, where root's PostgreSQL cannot enter that, the system's for such things. */
function runsFolder(runAs: RunAs | null): string {
  const own = join(import.meta.dirname, '../../node_modules/.cache/zhidu-test')
  return canReach(own, runAs) ? own : join(tmpdir(), 'zhidu-test')
}

/** Ends and removes what a killed run left; each run's folder bears the number of its process. */
async function sweepRuns(folder: string, binaries: Binaries): Promise<void> {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const run = join(folder, name)
    if (!/^\d+-/.test(name) || isAlive(Number.parseInt(name, 10))) continue
    await stopPostmaster(join(run, 'data'), binaries)
    if (existsSync(join(run, 'socket-dir')))
      rmSync(readFileSync(join(run, 'socket-dir'), 'utf8'), { recursive: true, force: true })
    rmSync(run, { recursive: true, force: true })
  }
}

interface RunningEngine extends Omit<TestEngine, 'template'> {
  stop(): Promise<void>
}

async function startEngine(major: EngineMajor): Promise<RunningEngine> {
  const runAs = runAsFor(join(import.meta.dirname, 'none'))
  const folder = runsFolder(runAs)
  const binaries = await prepareBinaries(major, runAs, () => folder)
  await sweepRuns(folder, binaries)
  const run = join(folder, `${process.pid}-${randomBytes(4).toString('hex')}`)
  mkdirSync(folder, { recursive: true })
  if (runAs !== null) chmodSync(folder, 0o711)
  mkdirSync(run, { mode: 0o700 })
  handOver(run, runAs)
  const pgdata = join(run, 'data')
  const password = randomBytes(16).toString('hex')
  const isWindows = process.platform === 'win32'
  const socketDir = isWindows ? null : makeSocketDir(run, runAs)
  if (socketDir !== null) writeFileSync(join(run, 'socket-dir'), socketDir)
  const port = isWindows ? await freePort() : 5432
  await ensureCluster({ binaries, pgdata, password, runAs, isUnsafe: true })
  const logFile = join(run, 'postgres.log')
  const outcome = await startPostmaster(
    { binaries, pgdata, socketDir, port, runAs, logFile, isUnsafe: true },
    () => undefined,
  )
  if (outcome.kind === 'ended') throw new Error(`the engine of the tests did not start: ${outcome.said}`)
  return {
    host: socketDir ?? '127.0.0.1',
    port,
    user: SUPERUSER,
    password,
    logFile,
    stop: async () => {
      await stopPostmaster(pgdata, binaries)
      if (socketDir !== null) rmSync(socketDir, { recursive: true, force: true })
      rmSync(run, { recursive: true, force: true })
    },
  }
}

/** `ZHIDU_TEST_DATABASE_URL` names a server instead; its user must be allowed to create databases. */
function useServer(url: string): RunningEngine {
  const { host, password, port, user } = new pg.Client({ connectionString: url })
  return { host, port, user: user ?? 'postgres', password: password ?? '', logFile: null, stop: async () => undefined }
}

function requestedMajor(): EngineMajor {
  const text = process.env['ZHIDU_TEST_PG'] ?? '18'
  if (text !== '15' && text !== '18') throw new Error(`ZHIDU_TEST_PG is ${text}; 15 and 18 can be had`)
  return text === '15' ? 15 : 18
}

/** One engine for the run, with one migrated database that every test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['ZHIDU_TEST_DATABASE_URL']
  const { logFile, stop, ...server } = url === undefined ? await startEngine(requestedMajor()) : useServer(url)
  const template = url === undefined ? TEMPLATE : `${TEMPLATE}_${randomBytes(4).toString('hex')}`
  const admin = new pg.Client({ ...server, database: 'postgres' })
  const finish = async (): Promise<void> => {
    if (url !== undefined) {
      const made = await admin.query<{ name: string }>(
        'select datname as name from pg_database where starts_with(datname, $1)',
        [template],
      )
      for (const { name } of made.rows) await admin.query(`drop database if exists ${name}`)
    }
    await admin.end()
    await stop()
  }
  try {
    await admin.connect()
    await makeLogins(admin, server.password, ROLE_SETTINGS)
    await admin.query(`create database ${template} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`)
    const connection = connect({ ...server, database: template, max: 1 })
    await migrateToLatest(connection.db)
    await connection.close()
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('zhiduTestEngine', { ...server, template, logFile })
  return finish
}
