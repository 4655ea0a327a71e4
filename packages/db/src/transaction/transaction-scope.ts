import { AsyncLocalStorage } from 'node:async_hooks'
import type pg from 'pg'

/** The transaction the present call chain runs in; `pool` tells databases apart. */
export interface TransactionScope {
  readonly pool: object
  readonly outer: TransactionScope | undefined
  /** From the first statement to the last. */
  isOpen: boolean
  isReadOnly: boolean
  /** Its connection, once there is one. */
  client: pg.PoolClient | undefined
  /** A statement that goes to the database together with the beginning, and the rows it gave. */
  readonly opening: string | undefined
  opened: readonly unknown[]
}

export const transactionScope = new AsyncLocalStorage<TransactionScope>()

/** Throws when a connection of `pool` is asked for by code that already runs in a transaction of that pool. */
export function assertOutsideTransaction(pool: object): void {
  for (let scope = transactionScope.getStore(); scope !== undefined; scope = scope.outer) {
    if (scope.isOpen && scope.pool === pool) {
      throw new Error(
        'The outer database handle was used inside a transaction: use the handle withTransaction gave you.',
      )
    }
  }
}
