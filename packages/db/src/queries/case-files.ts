import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { AboutCase } from './case-steps.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** What a unit, or the office that opened the case, announces as evidence, and how much of it is there. */
export interface CaseFileRow extends AboutCase {
  readonly sha256: string
  readonly type: string
  readonly bytes: number
  readonly name: string
  readonly announcedById: string
  /** Unit or office. */
  readonly broughtBy: string
  readonly receivedBytes: number
}

/** In the order in which they were announced. */
export function listCaseFiles(db: ReadonlyDb, caseId: string): Promise<CaseFileRow[]> {
  return listFilesOfCases(db, [caseId])
}

/** Of several cases, appeals or decisions, in the order in which they were announced. */
export function listFilesOfCases(db: ReadonlyDb, caseIds: readonly string[]): Promise<CaseFileRow[]> {
  return db
    .selectFrom('case_file as f')
    .select([
      'f.case_id as caseId',
      'f.unit_code as unitCode',
      'f.office_code as officeCode',
      'f.sha256',
      'f.type',
      'f.bytes',
      'f.name',
      'f.announced_by_id as announcedById',
      'f.brought_by as broughtBy',
      sql<number>`(select coalesce(max(p.start + octet_length(p.content)), 0) from case_file_part p
        where p.case_id = f.case_id and p.sha256 = f.sha256)`.as('receivedBytes'),
    ])
    .where('f.case_id', '=', sql<string>`any (${[...caseIds]}::uuid[])`)
    .$call(inScope(db, 'case-files', 'f.unit_code'))
    .orderBy('f.announced_at')
    .orderBy('f.sha256')
    .execute()
}

/** Harmless for one that was announced before. */
export async function insertCaseFile(
  db: Db,
  about: AboutCase,
  file: Pick<CaseFileRow, 'sha256' | 'type' | 'bytes' | 'name' | 'broughtBy'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('case_file')
    .values({
      ...toColumns(about),
      sha256: file.sha256,
      type: file.type,
      bytes: file.bytes,
      name: file.name,
      announced_at: instant(author.at),
      announced_by: author.name,
      announced_by_id: author.id,
      brought_by: file.broughtBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

interface FileKey {
  readonly caseId: string
  readonly sha256: string
}

/** The parts in their order, one at a time. */
export async function* listCaseFileParts(db: ReadonlyDb, { caseId, sha256 }: FileKey) {
  let start = 0
  for (;;) {
    const part = await db
      .selectFrom('case_file_part as p')
      .select('p.content')
      .where('p.case_id', '=', caseId)
      .where('p.sha256', '=', sha256)
      .where('p.start', '=', start)
      .$call(inScope(db, 'case-file-parts', 'p.unit_code'))
      .executeTakeFirst()
    const content = part?.content
    if (content === undefined) return
    yield content
    start += content.length
  }
}

/** Adds what comes next of a file; the database refuses a gap, too much, and a whole that is not what was announced. */
export async function insertCaseFilePart(
  db: Db,
  file: AboutCase & { readonly sha256: string },
  part: { readonly start: number; readonly content: Uint8Array },
): Promise<void> {
  await db
    .insertInto('case_file_part')
    .values({ ...toColumns(file), sha256: file.sha256, start: part.start, content: Buffer.from(part.content) })
    .execute()
}

/** Waits for others who send the same file, until the transaction ends. */
export async function lockCaseFile(db: Db, { caseId, sha256 }: FileKey): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`case/${caseId}/${sha256}`}, 0))`.execute(db)
}

/** Takes back what came of a file that turned out to be another. */
export async function deleteCaseFileParts(db: Db, { caseId, sha256 }: FileKey): Promise<void> {
  await sql`select begin_case_file_anew(${caseId}::uuid, ${sha256})`.execute(db)
}

function toColumns({ caseId, officeCode, unitCode }: AboutCase) {
  return { case_id: caseId, unit_code: unitCode, office_code: officeCode }
}
