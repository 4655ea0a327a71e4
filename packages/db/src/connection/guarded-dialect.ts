import { type DatabaseConnection, type Driver, PostgresDialect, PostgresDriver, type PostgresPool } from 'kysely'
import type pg from 'pg'
import { assertOutsideTransaction, transactionScope } from '../transaction/transaction-scope.ts'

/** The pool, telling a transaction that is about to begin which connection it got. */
function announcing(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect()
      const scope = transactionScope.getStore()
      if (scope?.pool === pool && !scope.isOpen) scope.client = client
      return client
    },
    end: () => pool.end(),
  }
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
