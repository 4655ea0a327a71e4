import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** What a unit, or the office above it, brings as evidence of its duty room, and how much of it is there. */
export interface DutyRoomFileRow {
  readonly unitCode: string
  /** Who brought it. */
  readonly officeCode: string
  readonly sha256: string
  readonly type: string
  readonly bytes: number
  readonly name: string
  readonly receivedBytes: number
}

export interface DutyRoomFileKey {
  readonly unitCode: string
  readonly officeCode: string
  readonly sha256: string
}

/** Of one unit, in the order in which they were announced. */
export function listDutyRoomFiles(db: ReadonlyDb, unitCode: string): Promise<DutyRoomFileRow[]> {
  return db
    .selectFrom('duty_room_file as f')
    .select([
      'f.unit_code as unitCode',
      'f.office_code as officeCode',
      'f.sha256',
      'f.type',
      'f.bytes',
      'f.name',
      sql<number>`(select coalesce(max(p.start + octet_length(p.content)), 0) from duty_room_file_part p
        where p.unit_code = f.unit_code and p.office_code = f.office_code and p.sha256 = f.sha256)`.as('receivedBytes'),
    ])
    .where('f.unit_code', '=', unitCode)
    .$call(inScope(db, 'duty-room-files', 'f.unit_code'))
    .orderBy('f.announced_at')
    .orderBy('f.sha256')
    .orderBy('f.office_code')
    .execute()
}

/** Harmless for one that was announced before. */
export async function insertDutyRoomFile(
  db: Db,
  file: Omit<DutyRoomFileRow, 'receivedBytes'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('duty_room_file')
    .values({
      unit_code: file.unitCode,
      office_code: file.officeCode,
      sha256: file.sha256,
      type: file.type,
      bytes: file.bytes,
      name: file.name,
      announced_at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The parts in their order, one at a time. */
export async function* listDutyRoomFileParts(db: ReadonlyDb, { officeCode, sha256, unitCode }: DutyRoomFileKey) {
  let start = 0
  for (;;) {
    const part = await db
      .selectFrom('duty_room_file_part as p')
      .select('p.content')
      .where('p.unit_code', '=', unitCode)
      .where('p.office_code', '=', officeCode)
      .where('p.sha256', '=', sha256)
      .where('p.start', '=', start)
      .$call(inScope(db, 'duty-room-file-parts', 'p.unit_code'))
      .executeTakeFirst()
    const content = part?.content
    if (content === undefined) return
    yield content
    start += content.length
  }
}

/** Adds what comes next of a file; the database refuses a gap, too much, and a whole that is not what was announced. */
export async function insertDutyRoomFilePart(
  db: Db,
  { officeCode, sha256, unitCode }: DutyRoomFileKey,
  part: { readonly start: number; readonly content: Uint8Array },
): Promise<void> {
  await db
    .insertInto('duty_room_file_part')
    .values({
      unit_code: unitCode,
      office_code: officeCode,
      sha256,
      start: part.start,
      content: Buffer.from(part.content),
    })
    .execute()
}

/** Waits for others who bring files to the same unit, until the transaction ends. */
export async function lockDutyRoomFiles(db: Db, unitCode: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`duty-room/${unitCode}`}, 0))`.execute(db)
}

/** Takes back what came of an own file that turned out to be another. */
export async function deleteDutyRoomFileParts(db: Db, { sha256, unitCode }: DutyRoomFileKey): Promise<void> {
  await sql`select begin_duty_room_file_anew(${unitCode}, ${sha256})`.execute(db)
}
