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
import { OwedCommits } from './owed-commits.ts'
import { preparing } from './preparing.ts'
import { StatementNames } from './statement-names.ts'

/** The pool, telling a transaction that is about to begin which connection it got. */
function announcing(pool: pg.Pool, owed: OwedCommits): PostgresPool {
  const names = new StatementNames()
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect()
      const scope = transactionScope.getStore()
      if (scope?.pool === pool && !scope.isOpen) scope.client = client
      // Safe: of a connection the dialect asks for these alone, and tells connections apart by them; it streams nothing.
      return preparing(client, names, owed) as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
  }
}

async function beginAndAsk(
  client: pg.PoolClient,
  settings: TransactionSettings,
  { isOwed, opening }: { readonly isOwed: boolean; readonly opening: string },
): Promise<unknown[]> {
  const isolation = settings.isolationLevel === undefined ? '' : ` isolation level ${settings.isolationLevel}`
  const access = settings.accessMode === undefined ? '' : ` ${settings.accessMode}`
  const answers: unknown = await client.query(
    `${isOwed ? 'commit; ' : ''}start transaction${isolation}${access}; ${opening}`,
  )
  // Safe: several statements without parameters are answered by as many results.
  return (answers as pg.QueryResult[]).at(-1)?.rows ?? []
}

class GuardedDriver extends PostgresDriver {
  readonly #pool: pg.Pool
  readonly #owed: OwedCommits
  readonly #owesCommits: boolean

  constructor(pool: pg.Pool, owesCommits: boolean) {
    const owed = new OwedCommits()
    super({ pool: announcing(pool, owed) })
    this.#pool = pool
    this.#owed = owed
    this.#owesCommits = owesCommits
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    assertOutsideTransaction(this.#pool)
    return await super.acquireConnection()
  }

  /** With the opening statement of the transaction, if it has one, on the same way there. */
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const scope = transactionScope.getStore()
    // Nobody else's: a transaction that writes must not be taken for one that only read.
    if (scope?.pool === this.#pool && !scope.isOpen) scope.isReadOnly = settings.accessMode === 'read only'
    if (scope?.pool !== this.#pool || scope.isOpen || scope.opening === undefined || scope.client === undefined) {
      await super.beginTransaction(connection, settings)
      return
    }
    try {
      const { client, opening } = scope
      scope.opened = await beginAndAsk(client, settings, { isOwed: this.#owed.take(client), opening })
    } catch (error) {
      // It may have begun all the same, and nobody else rolls it back. A connection that cannot is replaced by the pool.
      await scope.client.query('rollback').catch(() => undefined)
      throw error
    }
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const scope = transactionScope.getStore()
    if (this.#owesCommits && scope?.pool === this.#pool && scope.isReadOnly && scope.client !== undefined) {
      this.#owed.owe(scope.client)
      return
    }
    await super.commitTransaction(connection)
  }
}

/**
 * PostgreSQL by a `pg` pool; a second connection taken inside a transaction is a bug and throws. `owesCommits`: what was
 * only read is committed with whatever the connection is asked next; nobody else may take connections of that pool.
 */
export class GuardedDialect extends PostgresDialect {
  readonly #pool: pg.Pool
  readonly #owesCommits: boolean

  constructor(pool: pg.Pool, options: { readonly owesCommits: boolean }) {
    super({ pool })
    this.#pool = pool
    this.#owesCommits = options.owesCommits
  }

  override createDriver(): Driver {
    return new GuardedDriver(this.#pool, this.#owesCommits)
  }
}
