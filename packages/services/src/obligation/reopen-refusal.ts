import type { ObligationTimeline } from '@zhidu/contract'
import { isBelow, isQuarterFrozen, type ReadonlyDb } from '@zhidu/db'
import type { Outcome, Quarter } from '@zhidu/domain'
import type { Actor } from '../actor.ts'

type Refusal = ObligationTimeline['reopenRefusal']

/** Whether the role may at all. A key re-opens nothing: a named person answers for it. */
function roleMay(actor: Actor): boolean {
  if (actor.kind === 'local') return true
  return actor.kind === 'account' && actor.viewer === null && actor.permissions.has('obligations.reopen')
}

/** What keeps the asker from re-opening; null = nothing. By the tree of the day the handle was opened for. */
export async function findReopenRefusal(
  db: ReadonlyDb,
  actor: Actor,
  what: { readonly unitCode: string; readonly quarter: Quarter; readonly outcome: Outcome },
): Promise<Refusal> {
  if (!roleMay(actor)) return 'role'
  if (!isBelow(db, what.unitCode)) return 'not_below'
  if (await isQuarterFrozen(db, what.quarter)) return 'frozen'
  return what.outcome === 'on_time' ? 'on_time' : null
}
