import { asReadonly, listStaleUnitQuarters, withTransaction } from '@zhidu/db'
import { quarterOf } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { lockFacts } from '../facts-lock.ts'
import { refreshUnitQuarters } from './refresh-unit-quarters.ts'

const ROWS_PER_ROUND = 500

/**
 * Recomputes rollups that time has overtaken, a round of some hundred a transaction, and says how many. Reads never wait for
 * it: a row that no longer holds is computed from the facts.
 */
export async function refreshStaleUnitQuarters(ctx: ServiceContext, signal?: AbortSignal): Promise<number> {
  let total = 0
  for (;;) {
    signal?.throwIfAborted()
    const count = await withTransaction(ctx.db, async (trx) => {
      await lockFacts(trx)
      const asOf = ctx.clock()
      const stale = await listStaleUnitQuarters(asReadonly(trx), {
        asOf,
        currentQuarter: quarterOf(asOf),
        limit: ROWS_PER_ROUND,
      })
      await refreshUnitQuarters(trx, {
        touched: stale,
        asOf,
        obligations: null,
        ...(signal === undefined ? {} : { signal }),
      })
      return stale.length
    })
    total += count
    if (count < ROWS_PER_ROUND) return total
  }
}
