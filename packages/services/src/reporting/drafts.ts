import type { ReportDraft, SaveReportDraftInput, SavedReportDraft } from '@zhidu/contract'
import { asReadonly, listReportDrafts, type ReportDraftRow, saveReportDraft } from '@zhidu/db'
import { toLocalIso } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'

export function toReportDraft(row: ReportDraftRow, accountId: string): ReportDraft {
  return {
    draftKey: row.draftKey,
    revision: row.revision,
    document: row.document,
    savedAt: toLocalIso(row.savedAt),
    by: row.byName,
    isMine: row.byId === accountId,
  }
}

/**
 * 暂存: over the revision that the officer has seen. When somebody saved since, nothing is written, and what stands is given, so that
 * nobody's words are lost. Its words stay out of the audit trail.
 */
export function keepReportDraft(ctx: ServiceContext, input: SaveReportDraftInput): Promise<SavedReportDraft> {
  const { document, draftKey, seen } = input
  return withChange(ctx, { action: 'report.saveDraft', object: `report-draft/${draftKey}` }, async (trx, note) => {
    const { author, unitCode } = officeOf(ctx)
    const revision = await saveReportDraft(trx, { unitCode, draftKey, document, seen }, author)
    note.detail = { revision, isThrownAway: document === null, characters: document?.length ?? 0 }
    if (revision !== null) return { kind: 'saved', revision, savedAt: toLocalIso(author.at) }
    const [theirs] = await listReportDrafts(asReadonly(trx), { unitCode, draftKey })
    if (theirs === undefined) throw new ServiceError('not_found', 'report_draft_unknown')
    return { kind: 'taken', theirs: toReportDraft(theirs, author.id) }
  })
}
