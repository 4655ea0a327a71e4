import {
  asReadonly,
  type AuditEnds,
  describePool,
  findAuditEnds,
  findRollupLag,
  type PoolUse,
  type RollupLag,
} from '@zhidu/db'
import type { ServiceContext } from '../context.ts'
import { withComparison } from '../snapshot.ts'

/** How the installation is, for whoever watches it: counts and instants of the whole, of no unit and nobody. */
export interface Health {
  readonly pools: { readonly app: PoolUse; readonly report: PoolUse }
  /** null = the database does not answer; what is asked of it is unknown then. */
  readonly stored: { readonly rollups: RollupLag; readonly audit: AuditEnds } | null
}

export async function readHealth(ctx: ServiceContext): Promise<Health> {
  const pools = { app: describePool(ctx.db), report: describePool(ctx.report) }
  try {
    const rollups = await withComparison(ctx, (db) => findRollupLag(db, ctx.clock()))
    return { pools, stored: { rollups, audit: await findAuditEnds(asReadonly(ctx.db)) } }
  } catch {
    return { pools, stored: null }
  }
}
