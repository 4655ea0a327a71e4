import type { MeetingRevisionKey, SaveMeetingInput } from '@zhidu/contract'
import { asReadonly, insertMeetingRevision, lockForTransaction, type MeetingRevisionRow } from '@zhidu/db'
import { isSameItem, mergeParts, toLocalIso } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { loadOpenMeeting, readDocument } from './meeting-store.ts'

function merge(base: MeetingRevisionRow, newest: MeetingRevisionRow, edits: SaveMeetingInput['edits']) {
  try {
    return mergeParts(readDocument(base).items, readDocument(newest).items, edits, isSameItem)
  } catch (error) {
    if (error instanceof RangeError) throw new ServiceError('invalid', 'invalid_request', {}, { cause: error })
    throw error
  }
}

/**
 * Makes edits of an agenda or of minutes that were begun in a revision, whatever came after it: different items are merged into the next
 * revision. Throws ServiceError `conflict` when somebody else changed one of the same items meanwhile, or the minutes are signed; then
 * nothing is written.
 */
export function saveMeeting(ctx: ServiceContext, input: SaveMeetingInput): Promise<MeetingRevisionKey> {
  const { edits, meetingId, part, revision: baseRevision } = input
  const what = { action: 'meeting.save', object: `meeting/${meetingId}` }
  return withChange(ctx, what, async (trx, note) => {
    const { author, unitCode } = officeOf(ctx)
    await lockForTransaction(trx, 'meetings')
    const { revisions } = await loadOpenMeeting(asReadonly(trx), meetingId, unitCode)
    const own = revisions.filter((one) => one.part === part)
    const base = own.find((one) => one.revision === baseRevision)
    const [newest] = own
    if (base === undefined || newest === undefined) throw new ServiceError('invalid', 'invalid_request')
    const { conflicts, parts } = merge(base, newest, edits)
    if (conflicts.length > 0) {
      const { at, byName } = newest
      const about = { count: String(conflicts.length), by: byName, at: toLocalIso(at) }
      throw new ServiceError('conflict', 'meeting_item_changed', about)
    }
    const revision = newest.revision + 1
    const document = JSON.stringify({ items: parts })
    await insertMeetingRevision(trx, { meetingId, unitCode, part, revision, baseRevision, document }, author)
    note.detail = { part, revision, baseRevision, edits: edits.length }
    return { meetingId, revision }
  })
}
