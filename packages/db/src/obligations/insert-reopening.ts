import type { ReopeningFact } from '@zhidu/domain'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'

/** Adds a re-opening; nothing ever changes or takes one away. */
export async function insertReopening(trx: Db, reopeningId: string, reopening: ReopeningFact): Promise<void> {
  await trx
    .insertInto('reopening')
    .values({
      reopening_id: reopeningId,
      unit_code: reopening.unitCode,
      obligation: reopening.obligation,
      ref: reopening.ref,
      until: instant(reopening.until),
      reason: reopening.reason,
      reopened_at: instant(reopening.reopenedAt),
      reopened_by: reopening.reopenedBy,
    })
    .execute()
}
