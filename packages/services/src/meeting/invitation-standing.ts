import type { MeetingInvitation, SeatReply } from '@zhidu/contract'
import type { MeetingInvitationRow, MeetingReplyRow } from '@zhidu/db'
import {
  daysLeft,
  localDateOf,
  maskNumbers,
  type MeetingReply,
  type PlainDate,
  seatStandingsOf,
  toLocalIso,
} from '@zhidu/domain'

/** The last round of each invitation, in the order given. */
export function newestInvitations(rows: readonly MeetingInvitationRow[]): MeetingInvitationRow[] {
  return rows.filter(
    (row) =>
      !rows.some((one) => one.meetingId === row.meetingId && one.unitCode === row.unitCode && one.round > row.round),
  )
}

type GivenReply = MeetingReply & { readonly row: MeetingReplyRow }

function asReplies(rows: readonly MeetingReplyRow[]): GivenReply[] {
  return rows.flatMap((row) =>
    row.kind === 'reminded' || row.seat === null
      ? []
      : [{ seat: row.seat, kind: row.kind, on: localDateOf(row.at), round: row.round, row }],
  )
}

/** What counts of both seats of an invitation. `replies`: of any units, in their order. */
export function standingsOf(invitation: MeetingInvitationRow, replies: readonly MeetingReplyRow[]) {
  const { meetingId, unitCode } = invitation
  return seatStandingsOf(
    invitation,
    asReplies(replies.filter((one) => one.meetingId === meetingId && one.unitCode === unitCode)),
  )
}

export function isAnswered(invitation: MeetingInvitationRow, replies: readonly MeetingReplyRow[]): boolean {
  return standingsOf(invitation, replies).every(({ reply }) => reply !== null)
}

const masked = (text: string | null): string | null => (text === null ? null : maskNumbers(text))

export function toInvitation(
  invitation: MeetingInvitationRow,
  replies: readonly MeetingReplyRow[],
  about: { readonly today: PlainDate; readonly nameOf: (unitCode: string) => string },
): MeetingInvitation {
  const { answerBy, heldAt, meetingId, officeName, place, quarter, round, title, unitCode } = invitation
  const own = replies.filter((one) => one.meetingId === meetingId && one.unitCode === unitCode)
  return {
    meetingId,
    unitCode,
    unitName: about.nameOf(unitCode),
    officeName,
    title,
    quarter,
    round,
    heldAt: toLocalIso(heldAt),
    place,
    answerBy,
    daysLeft: daysLeft(answerBy, about.today),
    seats: standingsOf(invitation, own).map(({ isLate, reply, seat }): SeatReply => {
      const row = reply?.row
      return {
        seat,
        kind: reply?.kind ?? null,
        person: masked(row?.person ?? null),
        substitute: masked(row?.substitute ?? null),
        note: masked(row?.note ?? null),
        at: row === undefined ? null : toLocalIso(row.at),
        by: row?.byName ?? null,
        isLate,
      }
    }),
    reminders: own
      .filter((one) => one.kind === 'reminded' && one.round === round)
      .map(({ at, byName }) => ({ at: toLocalIso(at), by: byName })),
  }
}
