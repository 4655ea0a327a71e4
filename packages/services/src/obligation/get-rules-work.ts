import type { RulesWork } from '@zhidu/contract'
import { asReadonly, listObligationBases, withTransaction } from '@zhidu/db'
import type { Quarter } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRules } from '../rules/load-rules.ts'
import { driftOf } from './align-obligations.ts'
import { toObligationBasis } from './obligation-basis.ts'

/** Which quarters a publication has still to reach. Rules and holidays are everybody's to know: no fact is read. */
export function getRulesWork(ctx: ServiceContext, running: RulesWork['running']): Promise<RulesWork> {
  return withTransaction(
    ctx.db,
    async (trx) => {
      const db = asReadonly(trx)
      const waiting: Quarter[] = []
      for (const written of await listObligationBases(db)) {
        const now = toObligationBasis(written.quarter, await loadRules(db, written.quarter))
        if (driftOf(written, now) === 'rules') waiting.push(written.quarter)
      }
      return { waiting: waiting.reverse(), running }
    },
    { isReadOnly: true },
  )
}
