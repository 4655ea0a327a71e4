import type { PlainDate, RoomSource } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

export interface OwnRoomItem {
  readonly key: string
  readonly label: string
}

export interface DutyRoomList {
  readonly version: number
  readonly items: readonly OwnRoomItem[]
  readonly at: number
  readonly byName: string
}

/** Every version of what an office asks besides, newest first. */
export function listDutyRoomLists(db: ReadonlyDb, officeCode: string): Promise<DutyRoomList[]> {
  return db
    .selectFrom('duty_room_list as l')
    .select(['l.version', 'l.items', 'l.at', 'l.by_name as byName'])
    .where('l.unit_code', '=', officeCode)
    .$call(inScope(db, 'duty-room-lists', 'l.unit_code'))
    .orderBy('l.version', 'desc')
    .execute()
}

/** What the office above asks of a unit besides, which tells nothing of a unit out of reach. */
export async function findOwnRoomItems(db: ReadonlyDb, unitCode: string): Promise<readonly OwnRoomItem[]> {
  const items = sql<readonly OwnRoomItem[] | null>`duty_room_list_for(${unitCode})`.as('items')
  return (await db.selectNoFrom(items).executeTakeFirst())?.items ?? []
}

export async function insertDutyRoomList(
  db: Db,
  {
    items,
    unitCode,
    version,
  }: { readonly unitCode: string; readonly version: number; readonly items: readonly OwnRoomItem[] },
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('duty_room_list')
    .values({
      unit_code: unitCode,
      version,
      items: JSON.stringify(items),
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}

export interface RoomAssessmentRow {
  readonly assessmentId: string
  readonly unitCode: string
  readonly officeCode: string
  readonly source: RoomSource
  readonly lookedOn: PlainDate
  readonly answers: Readonly<Record<string, string>>
  readonly regularStaff: number | null
  readonly otherStaff: number | null
  readonly atOnce: number | null
  readonly note: string | null
  readonly checkCode: string | null
  readonly files: readonly string[]
  readonly recordedAt: number
  readonly byName: string
}

/** Everything said of the duty rooms of units, in the order recorded. */
export function listRoomAssessments(db: ReadonlyDb, unitCodes: readonly string[]): Promise<RoomAssessmentRow[]> {
  return db
    .selectFrom('duty_room_assessment as a')
    .select([
      'a.assessment_id as assessmentId',
      'a.unit_code as unitCode',
      'a.office_code as officeCode',
      'a.source',
      'a.looked_on as lookedOn',
      'a.answers',
      'a.regular_staff as regularStaff',
      'a.other_staff as otherStaff',
      'a.at_once as atOnce',
      'a.note',
      'a.check_code as checkCode',
      'a.files',
      'a.recorded_at as recordedAt',
      'a.by_name as byName',
    ])
    .where('a.unit_code', '=', sql<string>`any (${[...unitCodes]}::text[])`)
    .$call(inScope(db, 'room-assessments', 'a.unit_code'))
    .orderBy('a.unit_code')
    .orderBy('a.recorded_at')
    .orderBy('a.assessment_id')
    .execute()
}

export async function insertRoomAssessment(
  db: Db,
  row: Omit<RoomAssessmentRow, 'recordedAt' | 'byName'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('duty_room_assessment')
    .values({
      assessment_id: row.assessmentId,
      unit_code: row.unitCode,
      office_code: row.officeCode,
      source: row.source,
      looked_on: row.lookedOn,
      answers: JSON.stringify(row.answers),
      regular_staff: row.regularStaff,
      other_staff: row.otherStaff,
      at_once: row.atOnce,
      note: row.note,
      check_code: row.checkCode,
      files: [...row.files],
      recorded_at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}

export interface TrainingRow {
  readonly trainingId: string
  readonly unitCode: string
  readonly heldOn: PlainDate
  readonly topic: string
  readonly minutes: number
  readonly persons: number
  readonly note: string | null
  readonly files: readonly string[]
  readonly replaces: string | null
  readonly isWithdrawn: boolean
  readonly recordedAt: number
  readonly byName: string
}

/** Trainings of units with what they replaced, the latest day first. */
export function listTrainings(db: ReadonlyDb, unitCodes: readonly string[]): Promise<TrainingRow[]> {
  return db
    .selectFrom('duty_training as t')
    .select([
      't.training_id as trainingId',
      't.unit_code as unitCode',
      't.held_on as heldOn',
      't.topic',
      't.minutes',
      't.persons',
      't.note',
      't.files',
      't.replaces',
      't.is_withdrawn as isWithdrawn',
      't.recorded_at as recordedAt',
      't.by_name as byName',
    ])
    .where('t.unit_code', '=', sql<string>`any (${[...unitCodes]}::text[])`)
    .$call(inScope(db, 'duty-trainings', 't.unit_code'))
    .orderBy('t.held_on', 'desc')
    .orderBy('t.recorded_at', 'desc')
    .orderBy('t.training_id')
    .execute()
}

export async function insertTraining(
  db: Db,
  row: Omit<TrainingRow, 'recordedAt' | 'byName'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('duty_training')
    .values({
      training_id: row.trainingId,
      unit_code: row.unitCode,
      held_on: row.heldOn,
      topic: row.topic,
      minutes: row.minutes,
      persons: row.persons,
      note: row.note,
      files: [...row.files],
      replaces: row.replaces,
      is_withdrawn: row.isWithdrawn,
      recorded_at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}
