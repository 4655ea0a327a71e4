import { randomUUID } from 'node:crypto'
import type { PlainDate, SuccessionKind } from '@zhidu/domain'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'

/** One act: every pair of it. */
export interface SuccessionEntry {
  readonly actId: string
  readonly pairs: readonly { readonly fromCode: string; readonly toCode: string }[]
  readonly onDate: PlainDate
  readonly kind: SuccessionKind
  readonly reason: string
  /** Epoch ms. */
  readonly recordedAt: number
  readonly recordedBy: string
}

/** Puts down a merger or split. The tree of who stands above whom has to be made anew after it. */
export async function addSuccessions(db: Db, entry: SuccessionEntry): Promise<void> {
  await db
    .insertInto('unit_succession')
    .values(
      entry.pairs.map(({ fromCode, toCode }) => ({
        succession_id: randomUUID(),
        act_id: entry.actId,
        unit_code: fromCode,
        successor_code: toCode,
        on_date: entry.onDate,
        kind: entry.kind,
        reason: entry.reason,
        recorded_at: instant(entry.recordedAt),
        recorded_by: entry.recordedBy,
        replaced_at: null,
        replaced_by: null,
        replaced_reason: null,
      })),
    )
    .execute()
}

/** Takes an act back; its rows stay. Gives how many there were that still held. */
export async function withdrawSuccession(
  db: Db,
  args: { readonly actId: string; readonly at: number; readonly by: string; readonly reason: string },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('unit_succession')
    .set({ replaced_at: instant(args.at), replaced_by: args.by, replaced_reason: args.reason })
    .where('act_id', '=', args.actId)
    .where('replaced_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
