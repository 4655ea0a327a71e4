import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import pg from 'pg'
import { inject } from 'vitest'
import { connect } from '../connection/connect.ts'
import type { Db } from '../db.ts'
import { toConnectionString } from '../connection/connection-string.ts'
import { loginsOf } from '../engine/logins.ts'
import './test-context.ts'

export interface TestDatabase {
  /** A superuser's: everything. */
  readonly db: Db
  readonly pool: pg.Pool
  /** The log-in of requests, under row-level security: facts inside `withScope` only. */
  readonly app: Db
  /** The log-in of comparison. */
  readonly report: Db
  readonly name: string
  /** For programs that take DATABASE_URL. */
  readonly connectionString: string
  /** Errors that PostgreSQL has written into its log for connections of this database, with the statement of each. */
  sqlErrors(): string[]
  /** Closes the handle and drops the database. */
  close(): Promise<void>
}

async function asSuperuser(statement: string): Promise<void> {
  const { logFile: _l, template: _t, ...engine } = inject('zhiduTestEngine')
  const client = new pg.Client({ ...engine, database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** `2026-11-23 09:00:00.000 UTC [4711] ERROR:  …`, and the statement in a line of its own, indented where it goes on. */
const LOG_LINE = /^\S+ \S+ \S+ \[(\d+)\] (ERROR|FATAL|PANIC|STATEMENT): (.*(?:\n\t.*)*)/gm

function errorsOf(logFile: string, from: number, processes: ReadonlySet<string>): string[] {
  const text = readFileSync(logFile).subarray(from).toString('utf8')
  const errors: string[] = []
  for (const [, process = '', sort, said = ''] of text.matchAll(LOG_LINE)) {
    if (!processes.has(process)) continue
    if (sort === 'STATEMENT') errors.push(`${errors.pop() ?? ''} ← ${said.trim().replace(/\s+/g, ' ').slice(0, 300)}`)
    else errors.push(said.trim())
  }
  return errors
}

/** Nothing may be connected to a database while it is copied. */
async function disconnect(database: string): Promise<void> {
  await asSuperuser(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${database}'`)
}

/**
 * A copy of a database that is made once a run, whichever test file asks for it first; the others wait until it is there.
 * `build` makes it as `createTestDatabase` does; what it holds may depend on `key` alone.
 */
export async function createSharedDatabase(key: string, build: () => Promise<TestDatabase>): Promise<TestDatabase> {
  const { logFile: _l, template, ...engine } = inject('zhiduTestEngine')
  const shared = `${template}_${key}`
  const client = new pg.Client({ ...engine, database: 'postgres' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [shared])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [shared])
    if (rowCount === 0) {
      const built = await build()
      await disconnect(built.name)
      await client.query(`alter database ${built.name} rename to ${shared}`)
      await built.close()
    }
  } finally {
    await client.end()
  }
  return await createTestDatabase({ copyOf: { name: shared } })
}

/**
 * A migrated database of one's own, empty, on the run's engine; `isEmpty` = without tables, `copyOf` = as another one is now,
 * which must be at rest. Call in `beforeAll`, `close` in `afterAll`.
 */
export async function createTestDatabase(
  options: { readonly isEmpty?: boolean; readonly copyOf?: Pick<TestDatabase, 'name'> } = {},
): Promise<TestDatabase> {
  const { logFile, template, ...engine } = inject('zhiduTestEngine')
  const database = `test_${randomBytes(8).toString('hex')}`
  const source = options.copyOf?.name ?? (options.isEmpty === true ? 'template0' : template)
  if (options.copyOf !== undefined) await disconnect(source)
  await asSuperuser(`create database ${database} template ${source}`)
  const connection = connect({ ...engine, database, max: 5 })
  const logins = loginsOf({ ...engine, database }, engine.password)
  const app = connect({ ...logins.app, max: 5 }, { isScoped: true })
  const report = connect({ ...logins.report, max: 5 })
  const processes = new Set<string>()
  for (const { pool } of [connection, app, report]) {
    // Safe: what PostgreSQL tells every client, though its type leaves it out.
    pool.on('connect', (client) => processes.add(String((client as { processID?: number }).processID)))
  }
  const logStart = logFile === null ? 0 : statSync(logFile).size
  return {
    db: connection.db,
    pool: connection.pool,
    app: app.db,
    report: report.db,
    name: database,
    connectionString: toConnectionString({ ...engine, database }),
    sqlErrors: () => (logFile === null ? [] : errorsOf(logFile, logStart, processes)),
    close: async () => {
      await Promise.all([connection.close(), app.close(), report.close()])
      await asSuperuser(`drop database if exists ${database} with (force)`)
    },
  }
}
