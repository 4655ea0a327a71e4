import type { FilingDraftSaved, SaveFilingDraftInput } from '@zhidu/contract'
import { asReadonly, lockForTransaction, putFilingDraft } from '@zhidu/db'
import { toLocalIso } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { requireHoliday } from './holiday-block.ts'
import { assertUnitOpen } from './submit-filing.ts'

/** 暂存: keeps what the own unit has filled in so far, whatever is still missing. Throws ServiceError `conflict`, `not_found`. */
export function saveFilingDraft(ctx: ServiceContext, input: SaveFilingDraftInput): Promise<FilingDraftSaved> {
  const { content, holiday, sourceSha256 } = input
  const what = { action: 'filing.saveDraft', object: `filing/${holiday}/${content.form}` }
  return withChange(ctx, what, async (trx, note) => {
    const { author, unitCode } = officeOf(ctx)
    note.object = `filing/${unitCode}/${holiday}/${content.form}`
    note.detail = { rows: content.rows.length }
    await lockForTransaction(trx, 'filings')
    const db = asReadonly(trx)
    await assertUnitOpen(db, unitCode, author.at)
    const { name, year } = (await requireHoliday(db, holiday)).block
    const key = { unitCode, holidayYear: year, holidayName: name, form: content.form }
    await putFilingDraft(trx, { ...key, content: JSON.stringify(content), sourceSha256 }, author)
    return { at: toLocalIso(author.at) }
  })
}
