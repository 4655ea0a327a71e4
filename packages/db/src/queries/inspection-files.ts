import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'
import { type AboutInspection, toColumns } from './inspection-findings.ts'

/** A file that a check announces, and how much of it is there. */
export interface InspectionFileRow extends AboutInspection {
  readonly sha256: string
  readonly kind: 'photo' | 'recording'
  readonly type: string
  readonly bytes: number
  readonly name: string
  readonly takenMs: number
  readonly receivedBytes: number
  /** All of it is there, and is what was announced. */
  readonly isReceived: boolean
}

/** In the order in which they were taken. */
export function listInspectionFiles(db: ReadonlyDb, inspectionId: string): Promise<InspectionFileRow[]> {
  return db
    .selectFrom('inspection_file as f')
    .select([
      'f.inspection_id as inspectionId',
      'f.unit_code as unitCode',
      'f.office_code as officeCode',
      'f.reader_code as readerCode',
      'f.sha256',
      'f.kind',
      'f.type',
      'f.bytes',
      'f.name',
      'f.taken_ms as takenMs',
      sql<number>`(select coalesce(max(p.start + octet_length(p.content)), 0) from inspection_file_part p
        where p.inspection_id = f.inspection_id and p.sha256 = f.sha256)`.as('receivedBytes'),
      sql<boolean>`exists (select from inspection_file_receipt r
        where r.inspection_id = f.inspection_id and r.sha256 = f.sha256)`.as('isReceived'),
    ])
    .where('f.inspection_id', '=', inspectionId)
    .$call(inScope(db, 'inspection-files', 'f.reader_code'))
    .orderBy('f.taken_ms')
    .orderBy('f.sha256')
    .execute()
}

export async function insertInspectionFiles(
  db: Db,
  about: AboutInspection,
  files: readonly Pick<InspectionFileRow, 'sha256' | 'kind' | 'type' | 'bytes' | 'name' | 'takenMs'>[],
): Promise<void> {
  if (files.length === 0) return
  await db
    .insertInto('inspection_file')
    .values(
      files.map(({ bytes, kind, name, sha256, takenMs, type }) => ({
        ...toColumns(about),
        sha256,
        kind,
        type,
        bytes,
        name,
        taken_ms: takenMs,
      })),
    )
    .execute()
}

interface FileKey {
  readonly inspectionId: string
  readonly sha256: string
}

/** The parts in their order, one at a time: a recording does not stand in memory whole. */
export async function* listInspectionFileParts(db: ReadonlyDb, { inspectionId, sha256 }: FileKey) {
  let start = 0
  for (;;) {
    const part = await db
      .selectFrom('inspection_file_part as p')
      .select('p.content')
      .where('p.inspection_id', '=', inspectionId)
      .where('p.sha256', '=', sha256)
      .where('p.start', '=', start)
      .$call(inScope(db, 'inspection-file-parts', 'p.reader_code'))
      .executeTakeFirst()
    const content = part?.content
    if (content === undefined) return
    yield content
    start += content.length
  }
}

/** Adds what comes next of a file; the database refuses a gap, and what is beyond the size that was announced. */
export async function insertInspectionFilePart(
  db: Db,
  file: AboutInspection & { readonly sha256: string },
  part: { readonly start: number; readonly content: Uint8Array },
): Promise<void> {
  await db
    .insertInto('inspection_file_part')
    .values({
      ...toColumns(file),
      sha256: file.sha256,
      start: part.start,
      content: Buffer.from(part.content),
    })
    .execute()
}

/** Waits for others who send the same file, until the transaction ends. */
export async function lockInspectionFile(db: Db, { inspectionId, sha256 }: FileKey): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${inspectionId}/${sha256}`}, 0))`.execute(db)
}

export async function insertInspectionFileReceipt(
  db: Db,
  file: AboutInspection & { readonly sha256: string },
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('inspection_file_receipt')
    .values({
      ...toColumns(file),
      sha256: file.sha256,
      received_at: instant(author.at),
      received_by: author.name,
      received_by_id: author.id,
    })
    .execute()
}

/** Takes back what came of a file that turned out to be another. */
export async function deleteInspectionFileParts(db: Db, { inspectionId, sha256 }: FileKey): Promise<void> {
  await sql`select begin_inspection_file_anew(${inspectionId}::uuid, ${sha256})`.execute(db)
}
