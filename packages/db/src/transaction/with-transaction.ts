import { type IsolationLevel, sql, type Transaction } from 'kysely'
import type pg from 'pg'
import { poolOf } from '../connection/connect.ts'
import type { Db, ReadonlyDb } from '../db.ts'
import type { Database } from '../schema.ts'
import { findScope, giveScope } from './scope.ts'
import { type TransactionScope, transactionScope } from './transaction-scope.ts'

export interface TransactionOptions {
  /** Default: `read committed`. */
  readonly isolation?: IsolationLevel
  readonly isReadOnly?: boolean
  /** Longest single statement; default: the role's. For imports and recomputations. */
  readonly statementTimeoutSeconds?: number
}

const MAX_ATTEMPTS = 5
const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'

const clients = new WeakMap<Db | ReadonlyDb, pg.PoolClient | undefined>()

/** The connection of a transaction; undefined for any other handle. */
export function findClientOf(db: Db | ReadonlyDb): pg.PoolClient | undefined {
  return clients.get(db)
}

/** The connection of a transaction, for what Kysely has no word for. Throws for any other handle. */
export function clientOf(trx: Db): pg.PoolClient {
  const client = findClientOf(trx)
  if (client === undefined) throw new Error('not a handle that withTransaction gave')
  return client
}

function isTransient(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false
  return error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK_DETECTED
}

/**
 * Runs `fn` in one transaction: commits when it returns, rolls back when it throws.
 * After a serialization failure or a deadlock `fn` runs again, five times at the most: it must have no effect outside
 * the database. Using `db` itself inside `fn` throws.
 */
export function withTransaction<T>(
  db: Db,
  fn: (trx: Transaction<Database>) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  return withOpenedTransaction(db, undefined, fn, options)
}

/** The same, of which `fn` also gets the rows of a first statement that is sent together with the beginning. */
export async function withOpenedTransaction<T>(
  db: Db,
  opening: string | undefined,
  fn: (trx: Transaction<Database>, opened: readonly unknown[]) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const pool = poolOf(db)
  let builder = db.transaction()
  if (options.isolation !== undefined) builder = builder.setIsolationLevel(options.isolation)
  if (options.isReadOnly === true) builder = builder.setAccessMode('read only')
  for (let attempt = 1; ; attempt += 1) {
    const outer = transactionScope.getStore()
    const scope: TransactionScope = {
      pool,
      outer,
      isOpen: false,
      isReadOnly: false,
      client: undefined,
      opening,
      opened: [],
    }
    try {
      return await transactionScope.run(scope, () =>
        builder.execute(async (trx) => {
          scope.isOpen = true
          clients.set(trx, scope.client)
          const reach = findScope(db)
          if (reach !== undefined) giveScope(trx, reach)
          if (options.statementTimeoutSeconds !== undefined) {
            const limit = `${options.statementTimeoutSeconds}s`
            await sql`select set_config('statement_timeout', ${limit}, true)`.execute(trx)
          }
          return await fn(trx, scope.opened)
        }),
      )
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isTransient(error)) throw error
    } finally {
      scope.isOpen = false
    }
    await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 5 * (1 + Math.random())))
  }
}
