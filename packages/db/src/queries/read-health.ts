import { poolOf } from '../connection/connect.ts'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'

/** Connections of a handle's pool: open and in use, open and idle, and how many requests wait for one. */
export interface PoolUse {
  readonly busy: number
  readonly idle: number
  readonly waiting: number
}

/** Asks the pool alone, no database. */
export function describePool(db: Db): PoolUse {
  const { idleCount, totalCount, waitingCount } = poolOf(db)
  return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount }
}

export interface RollupLag {
  /** Rollups that no longer hold at `asOf` and wait to be computed anew. */
  readonly staleCount: number
  /** Since when the longest waiting one does, epoch ms; null = none does. */
  readonly oldestSince: number | null
}

export function rollupLagQuery(db: ReadonlyDb, asOf: number) {
  return db
    .selectFrom('unit_quarter')
    .select((of) => [of.fn.countAll<number>().as('staleCount'), of.fn.min('steady_until').as('oldestSince')])
    .where('basis', '=', 'latest')
    .where('steady_until', '<=', instant(asOf))
}

/** Of every unit; `asOf` epoch ms. */
export function findRollupLag(db: ReadonlyDb, asOf: number): Promise<RollupLag> {
  return rollupLagQuery(db, asOf).executeTakeFirstOrThrow()
}

export interface AuditEnds {
  /** Entries of the chain, and when the last was written, epoch ms; null = there is none. */
  readonly size: number
  readonly lastAt: number | null
  /** When a checkpoint was last signed, and how many entries it covers; null = none ever was. */
  readonly checkpointAt: number | null
  readonly checkpointSize: number | null
}

export async function findAuditEnds(db: ReadonlyDb): Promise<AuditEnds> {
  const last = db.selectFrom('audit_entry').select(['seq', 'at']).orderBy('seq', 'desc').limit(1)
  const signed = db.selectFrom('audit_checkpoint').select(['size', 'created_at as at']).orderBy('size', 'desc').limit(1)
  const [entry, checkpoint] = [await last.executeTakeFirst(), await signed.executeTakeFirst()]
  return {
    size: entry?.seq ?? 0,
    lastAt: entry?.at ?? null,
    checkpointAt: checkpoint?.at ?? null,
    checkpointSize: checkpoint?.size ?? null,
  }
}
