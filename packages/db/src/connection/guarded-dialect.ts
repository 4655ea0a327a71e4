import { type DatabaseConnection, type Driver, PostgresDialect, PostgresDriver } from 'kysely'
import type pg from 'pg'
import { assertOutsideTransaction } from '../transaction/transaction-scope.ts'

class GuardedDriver extends PostgresDriver {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    super({ pool })
    this.#pool = pool
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    assertOutsideTransaction(this.#pool)
    return super.acquireConnection()
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
