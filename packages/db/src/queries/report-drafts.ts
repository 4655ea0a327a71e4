import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** What a unit is writing. Times: epoch ms. */
export interface ReportDraftRow {
  readonly unitCode: string
  /** event_code, or `new/` and a uuid. */
  readonly draftKey: string
  readonly revision: number
  /** JSON of the page; null = sent or thrown away. */
  readonly document: string | null
  readonly savedAt: number
  readonly byName: string
  readonly byId: string
}

/** Of one unit, the last saved first; those sent or thrown away only when one key is asked for. */
export function listReportDrafts(
  db: ReadonlyDb,
  { draftKey, unitCode }: { readonly unitCode: string; readonly draftKey?: string },
): Promise<ReportDraftRow[]> {
  return db
    .selectFrom('report_draft as d')
    .select([
      'd.unit_code as unitCode',
      'd.draft_key as draftKey',
      'd.revision',
      'd.document',
      'd.saved_at as savedAt',
      'd.by_name as byName',
      'd.by_id as byId',
    ])
    .where('d.unit_code', '=', unitCode)
    .$if(draftKey !== undefined, (query) => query.where('d.draft_key', '=', draftKey ?? ''))
    .$if(draftKey === undefined, (query) => query.where('d.document', 'is not', null))
    .$call(inScope(db, 'report-drafts', 'd.unit_code'))
    .orderBy('d.saved_at', 'desc')
    .orderBy('d.draft_key')
    .execute()
}

/**
 * Saves over the revision that was seen (0 = none yet), and gives the new one; null = somebody saved since, and nothing was written.
 */
export async function saveReportDraft(
  db: Db,
  draft: Pick<ReportDraftRow, 'unitCode' | 'draftKey' | 'document'> & { readonly seen: number },
  author: DrawAuthor,
): Promise<number | null> {
  const { document, draftKey, seen, unitCode } = draft
  const state = { document, saved_at: instant(author.at), by_name: author.name, by_id: author.id }
  if (seen === 0) {
    const added = await db
      .insertInto('report_draft')
      .values({ unit_code: unitCode, draft_key: draftKey, revision: 1, ...state })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return added.numInsertedOrUpdatedRows === 1n ? 1 : null
  }
  const changed = await db
    .updateTable('report_draft')
    .set({ revision: seen + 1, ...state })
    .where('unit_code', '=', unitCode)
    .where('draft_key', '=', draftKey)
    .where('revision', '=', seen)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n ? seen + 1 : null
}
