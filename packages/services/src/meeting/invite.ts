import type { InviteInput, Reminded, RemindInput, ReplyInput } from '@zhidu/contract'
import {
  asReadonly,
  insertMeetingInvitation,
  insertMeetingReply,
  listMeetingInvitations,
  listMeetingReplies,
  lockForTransaction,
  type MeetingReplyRow,
} from '@zhidu/db'
import { localDateOf, toPlainDate } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { isAnswered, newestInvitations } from './invitation-standing.ts'
import { loadOpenMeeting } from './meeting-store.ts'
import { listUnitsBelow } from './units-below.ts'

/** Throws ServiceError `invalid` for days that are over, or an answer that would come after the meeting. */
function assertDays(ctx: ServiceContext, { answerBy, heldAt }: InviteInput): void {
  const today = localDateOf(ctx.clock())
  const held = localDateOf(Date.parse(heldAt))
  if (held < today || answerBy < today) throw new ServiceError('invalid', 'meeting_day_past')
  if (answerBy > held) throw new ServiceError('invalid', 'meeting_answer_after')
}

/** Invites units one level below, or invites them again: to another time or place. Throws ServiceError `invalid`, `forbidden`, `conflict`. */
export function inviteUnits(ctx: ServiceContext, input: InviteInput): Promise<void> {
  const { answerBy, heldAt, meetingId, place } = input
  const unitCodes = [...new Set(input.unitCodes)]
  const what = {
    action: 'meeting.invite',
    object: `meeting/${meetingId}`,
    detail: { units: unitCodes.length, heldAt, place, answerBy },
  }
  return withChange(ctx, what, async (trx) => {
    const { author, unitCode: office } = officeOf(ctx)
    await lockForTransaction(trx, 'meetings')
    const db = asReadonly(trx)
    const { row } = await loadOpenMeeting(db, meetingId, office)
    assertDays(ctx, input)
    const below = new Set((await listUnitsBelow(db, office, localDateOf(ctx.clock()))).map((one) => one.unitCode))
    const outside = unitCodes.find((unitCode) => !below.has(unitCode))
    if (outside !== undefined) throw new ServiceError('forbidden', 'meeting_unit_outside', { unitCode: outside })
    const before = newestInvitations(await listMeetingInvitations(db, meetingId))
    for (const unitCode of unitCodes) {
      const round = (before.find((one) => one.unitCode === unitCode)?.round ?? 0) + 1
      const { officeName, quarter, title } = row
      const about = { meetingId, unitCode, round, officeCode: office, officeName, title, quarter, place }
      const when = { heldAt: Date.parse(heldAt), answerBy: toPlainDate(answerBy) }
      await insertMeetingInvitation(trx, { ...about, ...when }, author)
    }
  })
}

const NOTHING_SAID = { seat: null, person: null, substitute: null, note: null }

function nextPosition(replies: readonly MeetingReplyRow[], unitCode: string): number {
  return replies.filter((one) => one.unitCode === unitCode).length
}

/** Reminds every unit of which a seat has not answered; kept with the answers. */
export function remindUnits(ctx: ServiceContext, { meetingId }: RemindInput): Promise<Reminded> {
  const what = { action: 'meeting.remind', object: `meeting/${meetingId}` }
  return withChange(ctx, what, async (trx, note) => {
    const { author, unitCode: office } = officeOf(ctx)
    await lockForTransaction(trx, 'meetings')
    const db = asReadonly(trx)
    await loadOpenMeeting(db, meetingId, office)
    const replies = await listMeetingReplies(db, [meetingId])
    const silent = newestInvitations(await listMeetingInvitations(db, meetingId)).filter(
      (invitation) => !isAnswered(invitation, replies),
    )
    if (silent.length === 0) throw new ServiceError('conflict', 'meeting_all_answered')
    for (const { round, unitCode } of silent) {
      const position = nextPosition(replies, unitCode)
      const row = { meetingId, unitCode, officeCode: office, round, kind: 'reminded' as const, ...NOTHING_SAID }
      await insertMeetingReply(trx, { ...row, position }, author)
    }
    note.detail = { units: silent.map(({ unitCode }) => unitCode).join(',') }
    return { reminded: silent.length }
  })
}

/**
 * 出席, 请假 or 代为参加 of a seat of the own unit; a later answer takes the place of an earlier one. After the last day it is taken all
 * the same, and marked. Throws ServiceError `not_found` for who is not invited, `conflict` once it was postponed.
 */
export function replyToMeeting(ctx: ServiceContext, input: ReplyInput): Promise<void> {
  const { kind, meetingId, person, round, seat } = input
  const what = { action: 'meeting.reply', object: `meeting/${meetingId}`, detail: { seat, kind } }
  return withChange(ctx, what, async (trx, changed) => {
    const { author, unitCode } = officeOf(ctx)
    await lockForTransaction(trx, 'meetings')
    const db = asReadonly(trx)
    const invitations = newestInvitations(await listMeetingInvitations(db, meetingId))
    const own = invitations.find((one) => one.unitCode === unitCode)
    if (own === undefined) throw new ServiceError('not_found', 'meeting_not_invited')
    if (own.round !== round) throw new ServiceError('conflict', 'meeting_postponed')
    const position = nextPosition(await listMeetingReplies(db, [meetingId]), unitCode)
    const said = {
      person,
      substitute: input.kind === 'attend' ? null : input.substitute,
      note: input.kind === 'leave' ? input.note : null,
    }
    const about = { meetingId, unitCode, officeCode: own.officeCode, round }
    await insertMeetingReply(trx, { ...about, position, kind, seat, ...said }, author)
    changed.detail = { seat, kind, isLate: localDateOf(author.at) > own.answerBy }
  })
}
