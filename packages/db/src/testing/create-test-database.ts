import { randomBytes } from 'node:crypto'
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
  /** Closes the handle and drops the database. */
  close(): Promise<void>
}

async function asSuperuser(statement: string): Promise<void> {
  const { template: _, ...engine } = inject('zhiduTestEngine')
  const client = new pg.Client({ ...engine, database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Nothing may be connected to a database while it is copied. */
async function disconnect(database: string): Promise<void> {
  await asSuperuser(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${database}'`)
}

/**
 * A migrated database of one's own, empty, on the run's engine; `isEmpty` = without tables, `copyOf` = as another one is now,
 * which must be at rest. Call in `beforeAll`, `close` in `afterAll`.
 */
export async function createTestDatabase(
  options: { readonly isEmpty?: boolean; readonly copyOf?: TestDatabase } = {},
): Promise<TestDatabase> {
  const { template, ...engine } = inject('zhiduTestEngine')
  const database = `test_${randomBytes(8).toString('hex')}`
  const source = options.copyOf?.name ?? (options.isEmpty === true ? 'template0' : template)
  if (options.copyOf !== undefined) await disconnect(source)
  await asSuperuser(`create database ${database} template ${source}`)
  const connection = connect({ ...engine, database, max: 5 })
  const logins = loginsOf({ ...engine, database }, engine.password)
  const app = connect({ ...logins.app, max: 5 }, { isScoped: true })
  const report = connect({ ...logins.report, max: 5 })
  return {
    db: connection.db,
    pool: connection.pool,
    app: app.db,
    report: report.db,
    name: database,
    connectionString: toConnectionString({ ...engine, database }),
    close: async () => {
      await Promise.all([connection.close(), app.close(), report.close()])
      await asSuperuser(`drop database if exists ${database} with (force)`)
    },
  }
}
