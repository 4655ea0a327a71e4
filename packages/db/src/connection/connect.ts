import { Kysely } from 'kysely'
import pg from 'pg'
import type { Db } from '../db.ts'
import type { Database } from '../schema.ts'
import { EVERYTHING, giveScope } from '../transaction/scope.ts'
import { GuardedDialect } from './guarded-dialect.ts'
import { TYPE_PARSERS } from './type-parsers.ts'

export interface Connection {
  readonly db: Db
  readonly pool: pg.Pool
  close(): Promise<void>
}

const pools = new WeakMap<Db, pg.Pool>()

/**
 * A pool and the Kysely handle over it. Opens nothing until the first query; knows no engine. `isScoped`: the handle reads
 * facts only inside `withScope`.
 */
export function connect(config: pg.PoolConfig, options: { readonly isScoped?: boolean } = {}): Connection {
  const pool = new pg.Pool({ max: 10, connectionTimeoutMillis: 15_000, ...config, types: TYPE_PARSERS })
  // A broken connection fails its query, or is replaced by the pool. Without listeners it would end the process,
  // both when it lies idle and when a transaction holds it and is not in a query.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db: Db = new Kysely<Database>({ dialect: new GuardedDialect(pool, { owesCommits: options.isScoped === true }) })
  pools.set(db, pool)
  if (options.isScoped !== true) giveScope(db, EVERYTHING)
  let closing: Promise<void> | undefined
  return {
    db,
    pool,
    close: () => {
      closing ??= pool.end()
      return closing
    },
  }
}

/** The pool under a handle made by `connect`. Throws for a transaction's handle. */
export function poolOf(db: Db): pg.Pool {
  const pool = pools.get(db)
  if (pool === undefined) throw new Error('not a handle of openDatabase: a transaction inside a transaction?')
  return pool
}
