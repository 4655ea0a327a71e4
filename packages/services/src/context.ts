import type { Db } from '@zhidu/db'

/** What every use case gets. Only `apps/*` and tests make one. */
export interface ServiceContext {
  readonly db: Db
  /** The present instant, epoch ms. */
  readonly clock: () => number
}
