import { asReadonly, type Db, listRollupQuarters, listStaleUnitQuarters, withTransaction } from '@zhidu/db'
import { quarterOf } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { lockFacts } from '../facts-lock.ts'
import { loadRules } from '../rules/load-rules.ts'
import { refreshUnitQuarters } from './refresh-unit-quarters.ts'

const ROWS_PER_ROUND = 500

/** Which rules each quarter with rollups follows. */
async function listRulesOfQuarters(trx: Db) {
  const rules = []
  for (const quarter of await listRollupQuarters(asReadonly(trx))) {
    const { id, version } = (await loadRules(asReadonly(trx), quarter)).regulation
    rules.push({ quarter, id, version })
  }
  return rules
}

/**
 * Recomputes rollups that time or other rules have overtaken, a round of some hundred a transaction, and says how many. Reads never wait for
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
        rules: await listRulesOfQuarters(trx),
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
