import type { Db } from '@zhidu/db'
import type { Actor } from './actor.ts'

/** What every use case gets. Only `apps/*` and tests make one; the edge gives it the actor of each request. */
export interface ServiceContext {
  /** The log-in of requests for accounts and tokens; the owner's for commands at the machine. */
  readonly db: Db
  /** The log-in of comparison: every unit's facts, read only. */
  readonly report: Db
  /** The present instant, epoch ms. */
  readonly clock: () => number
  readonly actor: Actor
  /** Tests only: the scope predicate left out; see Scope. */
  readonly without?: string
}
