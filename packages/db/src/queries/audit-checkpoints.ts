import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'

export type CheckpointReason = 'timed' | 'manual' | 'backup' | 'start'

export interface AuditCheckpointRow {
  /** How many entries it covers. */
  readonly size: number
  readonly root: Buffer
  /** Signed note, C2SP tlog-checkpoint. */
  readonly note: string
  readonly reason: CheckpointReason
  /** Epoch ms. */
  readonly createdAt: number
}

function checkpointsQuery(db: ReadonlyDb) {
  return db.selectFrom('audit_checkpoint').select(['size', 'root', 'note', 'reason', 'created_at as createdAt'])
}

/** All of them, smallest first. */
export function listAuditCheckpoints(db: ReadonlyDb): Promise<AuditCheckpointRow[]> {
  return checkpointsQuery(db).orderBy('size').execute()
}

/** The last so many, largest first. */
export function listLastAuditCheckpoints(db: ReadonlyDb, limit: number): Promise<AuditCheckpointRow[]> {
  return checkpointsQuery(db).orderBy('size', 'desc').limit(limit).execute()
}

export async function countAuditCheckpoints(db: ReadonlyDb): Promise<number> {
  const counted = db.selectFrom('audit_checkpoint').select((of) => of.fn.countAll<number>().as('count'))
  return (await counted.executeTakeFirstOrThrow()).count
}

/** False when there already is one of this size: that one stays. */
export async function addAuditCheckpoint(db: Db, row: AuditCheckpointRow): Promise<boolean> {
  const { createdAt, note, reason, root, size } = row
  const added = await db
    .insertInto('audit_checkpoint')
    .values({ size, root, note, reason, created_at: instant(createdAt) })
    .onConflict((conflict) => conflict.column('size').doNothing())
    .returning('size')
    .executeTakeFirst()
  return added !== undefined
}
