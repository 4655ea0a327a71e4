import { AsyncLocalStorage } from 'node:async_hooks'

/** The transaction the present call chain runs in; `pool` tells databases apart. */
interface TransactionScope {
  readonly pool: object
  isOpen: boolean
}

export const transactionScope = new AsyncLocalStorage<TransactionScope>()

/** Throws when a connection of `pool` is asked for by code that already runs in a transaction of that pool. */
export function assertOutsideTransaction(pool: object): void {
  const scope = transactionScope.getStore()
  if (scope?.isOpen === true && scope.pool === pool) {
    throw new Error('The outer database handle was used inside a transaction: use the handle withTransaction gave you.')
  }
}
