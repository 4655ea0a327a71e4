import type { Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import type { MeetingPart, MeetingStepKind } from '../schema-meetings.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** Who wrote a row, and when; epoch ms. */
interface Signed {
  readonly at: number
  readonly byName: string
  readonly byId: string
}

/** An exchange meeting of an office. */
export interface MeetingRow extends Signed {
  readonly meetingId: string
  readonly unitCode: string
  readonly officeName: string
  readonly title: string
  readonly quarter: Quarter
  /** null = the quarter was running. */
  readonly frozenVersion: number | null
  /** Epoch ms. */
  readonly asOf: number
  readonly rules: string
}

export interface MeetingRevisionRow extends Signed {
  readonly meetingId: string
  readonly part: MeetingPart
  readonly revision: number
  readonly baseRevision: number
  /** JSON */
  readonly document: string
}

export interface MeetingStepRow extends Signed {
  readonly meetingId: string
  readonly seq: number
  readonly kind: MeetingStepKind
  readonly revision: number
  readonly note: string | null
}

/** Meetings in reach, newest first. */
export function listMeetings(db: ReadonlyDb, meetingId?: string): Promise<MeetingRow[]> {
  return db
    .selectFrom('meeting')
    .select([
      'meeting_id as meetingId',
      'unit_code as unitCode',
      'office_name as officeName',
      'title',
      'quarter',
      'frozen_version as frozenVersion',
      'as_of as asOf',
      'rules',
      'at',
      'by_name as byName',
      'by_id as byId',
    ])
    .$if(meetingId !== undefined, (query) => query.where('meeting_id', '=', meetingId ?? ''))
    .$call(inScope(db, 'meetings', 'unit_code'))
    .orderBy('quarter', 'desc')
    .orderBy('at', 'desc')
    .orderBy('meeting_id')
    .execute()
}

/** Of both parts of a meeting, newest first. */
export function listMeetingRevisions(db: ReadonlyDb, meetingId: string): Promise<MeetingRevisionRow[]> {
  return db
    .selectFrom('meeting_revision')
    .select([
      'meeting_id as meetingId',
      'part',
      'revision',
      'base_revision as baseRevision',
      'document',
      'at',
      'by_name as byName',
      'by_id as byId',
    ])
    .where('meeting_id', '=', meetingId)
    .$call(inScope(db, 'meeting-revisions', 'unit_code'))
    .orderBy('part')
    .orderBy('revision', 'desc')
    .execute()
}

/** What happened to the minutes of some meetings, oldest first. */
export function listMeetingSteps(db: ReadonlyDb, meetingIds: readonly string[]): Promise<MeetingStepRow[]> {
  return db
    .selectFrom('meeting_step')
    .select(['meeting_id as meetingId', 'seq', 'kind', 'revision', 'note', 'at', 'by_name as byName', 'by_id as byId'])
    .where('meeting_id', '=', sql<string>`any (${[...meetingIds]}::uuid[])`)
    .$call(inScope(db, 'meeting-steps', 'unit_code'))
    .orderBy('meeting_id')
    .orderBy('seq')
    .execute()
}

const toSigned = ({ at, id, name }: DrawAuthor) => ({ at: instant(at), by_name: name, by_id: id })

export async function insertMeeting(db: Db, row: Omit<MeetingRow, keyof Signed>, author: DrawAuthor): Promise<void> {
  await db
    .insertInto('meeting')
    .values({
      meeting_id: row.meetingId,
      unit_code: row.unitCode,
      office_name: row.officeName,
      title: row.title,
      quarter: row.quarter,
      frozen_version: row.frozenVersion,
      as_of: instant(row.asOf),
      rules: row.rules,
      ...toSigned(author),
    })
    .execute()
}

/** Adds the next revision; the database refuses one that does not follow. */
export async function insertMeetingRevision(
  db: Db,
  row: Omit<MeetingRevisionRow, keyof Signed> & { readonly unitCode: string },
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('meeting_revision')
    .values({
      meeting_id: row.meetingId,
      part: row.part,
      revision: row.revision,
      unit_code: row.unitCode,
      base_revision: row.baseRevision,
      document: row.document,
      ...toSigned(author),
    })
    .execute()
}

/** Adds the next step of the minutes; the database refuses one that does not follow. */
export async function insertMeetingStep(
  db: Db,
  row: Omit<MeetingStepRow, keyof Signed> & { readonly unitCode: string },
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('meeting_step')
    .values({
      meeting_id: row.meetingId,
      seq: row.seq,
      unit_code: row.unitCode,
      kind: row.kind,
      revision: row.revision,
      note: row.note,
      ...toSigned(author),
    })
    .execute()
}
