import type { AuditCheckpointList } from '@zhidu/contract'
import {
  asReadonly,
  countAuditCheckpoints,
  findAuditSize,
  listAuditLog,
  listLastAuditCheckpoints,
  withTransaction,
} from '@zhidu/db'
import { toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'

const LISTED = 100
/** An hour between two checkpoints, and ten minutes for a slow one. */
const OVERDUE_AFTER_MS = 70 * 60_000

/** The last signed checkpoints, newest first, and whether entries wait for one too long. */
export function listAuditCheckpoints(ctx: ServiceContext): Promise<AuditCheckpointList> {
  return withTransaction(
    ctx.db,
    async (trx) => {
      const db = asReadonly(trx)
      const rows = await listLastAuditCheckpoints(db, LISTED)
      const coveredCount = rows[0]?.size ?? 0
      const [waiting] = await listAuditLog(db, coveredCount, 1)
      return {
        items: rows.map(({ createdAt, note, reason, root, size }) => ({
          size,
          root: root.toString('base64'),
          note,
          reason,
          createdAt: toLocalIso(createdAt),
        })),
        total: await countAuditCheckpoints(db),
        entryCount: await findAuditSize(db),
        coveredCount,
        isOverdue: waiting !== undefined && ctx.clock() - waiting.at > OVERDUE_AFTER_MS,
      }
    },
    { isolation: 'repeatable read', isReadOnly: true },
  )
}
