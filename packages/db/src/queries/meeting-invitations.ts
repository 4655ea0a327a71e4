import type { MeetingSeat, PlainDate, Quarter, ReplyKind } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** An invitation as a unit has it; a further round postpones the meeting. */
export interface MeetingInvitationRow {
  readonly meetingId: string
  readonly unitCode: string
  readonly round: number
  readonly officeCode: string
  readonly officeName: string
  readonly title: string
  readonly quarter: Quarter
  /** Epoch ms. */
  readonly heldAt: number
  readonly place: string
  readonly answerBy: PlainDate
  /** When it was sent; epoch ms. */
  readonly at: number
  readonly byName: string
}

export interface MeetingReplyRow {
  readonly meetingId: string
  readonly unitCode: string
  readonly position: number
  readonly officeCode: string
  readonly round: number
  readonly kind: ReplyKind | 'reminded'
  /** null = a reminder. */
  readonly seat: MeetingSeat | null
  readonly person: string | null
  readonly substitute: string | null
  readonly note: string | null
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
}

/** Of a meeting, or all in reach: the newest meeting first, then by unit and round. */
export function listMeetingInvitations(db: ReadonlyDb, meetingId?: string): Promise<MeetingInvitationRow[]> {
  return db
    .selectFrom('meeting_invitation')
    .select([
      'meeting_id as meetingId',
      'unit_code as unitCode',
      'round',
      'office_code as officeCode',
      'office_name as officeName',
      'title',
      'quarter',
      'held_at as heldAt',
      'place',
      'answer_by as answerBy',
      'at',
      'by_name as byName',
    ])
    .$if(meetingId !== undefined, (query) => query.where('meeting_id', '=', meetingId ?? ''))
    .$call(inScope(db, 'meeting-invitations', 'unit_code'))
    .orderBy('held_at', 'desc')
    .orderBy('meeting_id')
    .orderBy('unit_code')
    .orderBy('round')
    .execute()
}

/** Answers and reminders of some meetings, by unit in their order. */
export function listMeetingReplies(db: ReadonlyDb, meetingIds: readonly string[]): Promise<MeetingReplyRow[]> {
  return db
    .selectFrom('meeting_reply')
    .select([
      'meeting_id as meetingId',
      'unit_code as unitCode',
      'position',
      'office_code as officeCode',
      'round',
      'kind',
      'seat',
      'person',
      'substitute',
      'note',
      'at',
      'by_name as byName',
    ])
    .where('meeting_id', '=', sql<string>`any (${[...meetingIds]}::uuid[])`)
    .$call(inScope(db, 'meeting-replies', 'unit_code'))
    .orderBy('meeting_id')
    .orderBy('unit_code')
    .orderBy('position')
    .execute()
}

export async function insertMeetingInvitation(
  db: Db,
  row: Omit<MeetingInvitationRow, 'at' | 'byName'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('meeting_invitation')
    .values({
      meeting_id: row.meetingId,
      unit_code: row.unitCode,
      round: row.round,
      office_code: row.officeCode,
      office_name: row.officeName,
      title: row.title,
      quarter: row.quarter,
      held_at: instant(row.heldAt),
      place: row.place,
      answer_by: row.answerBy,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}

/** Adds the next answer or reminder; the database refuses one about an older invitation. */
export async function insertMeetingReply(
  db: Db,
  row: Omit<MeetingReplyRow, 'at' | 'byName'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('meeting_reply')
    .values({
      meeting_id: row.meetingId,
      unit_code: row.unitCode,
      position: row.position,
      office_code: row.officeCode,
      round: row.round,
      kind: row.kind,
      seat: row.seat,
      person: row.person,
      substitute: row.substitute,
      note: row.note,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}
