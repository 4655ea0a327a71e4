import {
  type DatabaseConnection,
  type Driver,
  type TransactionSettings,
  PostgresDialect,
  PostgresDriver,
  type PostgresPool,
  type PostgresPoolClient,
} from 'kysely'
import type pg from 'pg'
import { assertOutsideTransaction, transactionScope } from '../transaction/transaction-scope.ts'
import { preparing } from './preparing.ts'
import { StatementNames } from './statement-names.ts'

/** The pool, telling a transaction that is about to begin which connection it got. */
function announcing(pool: pg.Pool): PostgresPool {
  const names = new StatementNames()
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect()
      const scope = transactionScope.getStore()
      if (scope?.pool === pool && !scope.isOpen) scope.client = client
      // Safe: of a connection the dialect asks for these alone, and tells connections apart by them; it streams nothing.
      return preparing(client, names) as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
  }
}

async function beginAndAsk(client: pg.PoolClient, settings: TransactionSettings, opening: string): Promise<unknown[]> {
  const isolation = settings.isolationLevel === undefined ? '' : ` isolation level ${settings.isolationLevel}`
  const access = settings.accessMode === undefined ? '' : ` ${settings.accessMode}`
  const answers: unknown = await client.query(`start transaction${isolation}${access}; ${opening}`)
  // Safe: two statements without parameters are answered by two results.
  return (answers as pg.QueryResult[])[1]?.rows ?? []
}

class GuardedDriver extends PostgresDriver {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    super({ pool: announcing(pool) })
    this.#pool = pool
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    assertOutsideTransaction(this.#pool)
    return await super.acquireConnection()
  }

  /** With the opening statement of the transaction, if it has one, on the same way there. */
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const scope = transactionScope.getStore()
    if (scope?.pool !== this.#pool || scope.isOpen || scope.opening === undefined || scope.client === undefined) {
      await super.beginTransaction(connection, settings)
      return
    }
    try {
      scope.opened = await beginAndAsk(scope.client, settings, scope.opening)
    } catch (error) {
      // It may have begun all the same, and nobody else rolls it back. A connection that cannot is replaced by the pool.
      await scope.client.query('rollback').catch(() => undefined)
      throw error
    }
  }
}

/** PostgreSQL by a `pg` pool; a second connection taken inside a transaction is a bug and throws. */
export class GuardedDialect extends PostgresDialect {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    super({ pool })
    this.#pool = pool
  }

  override createDriver(): Driver {
    return new GuardedDriver(this.#pool)
  }
}
