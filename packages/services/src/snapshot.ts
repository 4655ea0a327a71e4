import { asReadonly, type ReadonlyDb, withTransaction } from '@zhidu/db'
import type { ServiceContext } from './context.ts'

/** Runs a read on one unchanging view of the facts, so that a page never shows half of an import. */
export function withSnapshot<T>(ctx: ServiceContext, read: (db: ReadonlyDb) => Promise<T>): Promise<T> {
  return withTransaction(ctx.db, (trx) => read(asReadonly(trx)), { isolation: 'repeatable read', isReadOnly: true })
}
