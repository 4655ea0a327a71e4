import type { FilingForm, HolidayName, PlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** One form of a unit for one holiday. */
export interface FormKey {
  readonly unitCode: string
  readonly holidayYear: number
  readonly holidayName: HolidayName
  readonly form: FilingForm
}

/** A form as it was filed. */
export interface FilingFormRow extends FormKey {
  readonly version: number
  readonly receipt: string
  /** JSON of HolidayContent. */
  readonly content: string
  /** JSON of FormIssue[]. */
  readonly warnings: string
  readonly dueOn: PlainDate
  readonly isLate: boolean
  /** null = the first version. */
  readonly reason: string | null
  readonly sourceSha256: string | null
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
}

const COLUMNS = [
  'f.unit_code as unitCode',
  'f.holiday_year as holidayYear',
  'f.holiday_name as holidayName',
  'f.form',
  'f.version',
  'f.receipt',
  'f.content',
  'f.warnings',
  'f.due_on as dueOn',
  'f.is_late as isLate',
  'f.reason',
  'f.source_sha256 as sourceSha256',
  'f.at',
  'f.by_name as byName',
] as const

/** Versions of both forms of a unit, of one holiday or of all: the latest filed first. */
export function listFilingForms(
  db: ReadonlyDb,
  {
    holidayName,
    holidayYear,
    limit,
    unitCode,
  }: Pick<FormKey, 'unitCode'> & {
    readonly holidayYear?: number
    readonly holidayName?: HolidayName
    readonly limit?: number
  },
): Promise<FilingFormRow[]> {
  return db
    .selectFrom('filing_form as f')
    .select(COLUMNS)
    .where('f.unit_code', '=', unitCode)
    .$if(holidayYear !== undefined, (query) => query.where('f.holiday_year', '=', holidayYear ?? 0))
    .$if(holidayName !== undefined, (query) => query.where('f.holiday_name', '=', holidayName ?? '元旦'))
    .$call(inScope(db, 'filing-forms', 'f.unit_code'))
    .orderBy('f.at', 'desc')
    .orderBy('f.holiday_year', 'desc')
    .orderBy('f.holiday_name')
    .orderBy('f.form')
    .orderBy('f.version', 'desc')
    .limit(limit ?? 1_000)
    .execute()
}

/** Adds the next version; the database refuses one that does not follow. */
export async function insertFilingForm(
  db: Db,
  row: Omit<FilingFormRow, 'at' | 'byName'> & { readonly contentHash: string },
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('filing_form')
    .values({
      ...toFormColumns(row),
      version: row.version,
      receipt: row.receipt,
      content: row.content,
      content_hash: row.contentHash,
      warnings: row.warnings,
      due_on: row.dueOn,
      is_late: row.isLate,
      reason: row.reason,
      source_sha256: row.sourceSha256,
      ...toSigned(author),
    })
    .execute()
}

function toFormColumns({ form, holidayName, holidayYear, unitCode }: FormKey) {
  return { unit_code: unitCode, holiday_year: holidayYear, holiday_name: holidayName, form }
}

function toSigned({ at, id, name }: DrawAuthor) {
  return { at: instant(at), by_name: name, by_id: id }
}

export interface FilingDraftRow extends FormKey {
  readonly content: string
  readonly sourceSha256: string | null
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
}

/** What a unit is filling in, by holiday and form. */
export function listFilingDrafts(db: ReadonlyDb, unitCode: string): Promise<FilingDraftRow[]> {
  return db
    .selectFrom('filing_draft as f')
    .select([
      'f.unit_code as unitCode',
      'f.holiday_year as holidayYear',
      'f.holiday_name as holidayName',
      'f.form',
      'f.content',
      'f.source_sha256 as sourceSha256',
      'f.at',
      'f.by_name as byName',
    ])
    .where('f.unit_code', '=', unitCode)
    .$call(inScope(db, 'filing-drafts', 'f.unit_code'))
    .orderBy('f.holiday_year')
    .orderBy('f.holiday_name')
    .orderBy('f.form')
    .execute()
}

/** Puts a draft in the place of the one before. */
export async function putFilingDraft(
  db: Db,
  row: Omit<FilingDraftRow, 'at' | 'byName'>,
  author: DrawAuthor,
): Promise<void> {
  const said = { content: row.content, source_sha256: row.sourceSha256, ...toSigned(author) }
  await db
    .insertInto('filing_draft')
    .values({ ...toFormColumns(row), ...said })
    .onConflict((conflict) => conflict.columns(['unit_code', 'holiday_year', 'holiday_name', 'form']).doUpdateSet(said))
    .execute()
}

export interface FilingSourceRow extends FormKey {
  readonly sha256: string
  readonly name: string
  readonly bytes: number
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
}

/** The files that forms of a holiday were read from, oldest first. */
export function listFilingSources(
  db: ReadonlyDb,
  { form, holidayName, holidayYear, unitCode }: FormKey,
): Promise<FilingSourceRow[]> {
  return db
    .selectFrom('filing_source as f')
    .select([
      'f.unit_code as unitCode',
      'f.holiday_year as holidayYear',
      'f.holiday_name as holidayName',
      'f.form',
      'f.sha256',
      'f.name',
      sql<number>`octet_length(f.content)`.as('bytes'),
      'f.at',
      'f.by_name as byName',
    ])
    .where('f.unit_code', '=', unitCode)
    .where('f.holiday_year', '=', holidayYear)
    .where('f.holiday_name', '=', holidayName)
    .where('f.form', '=', form)
    .$call(inScope(db, 'filing-sources', 'f.unit_code'))
    .orderBy('f.at')
    .orderBy('f.sha256')
    .execute()
}

/** The file itself; undefined = there is none in reach. */
export async function findFilingSource(
  db: ReadonlyDb,
  { form, holidayName, holidayYear, sha256, unitCode }: FormKey & { readonly sha256: string },
): Promise<{ readonly name: string; readonly content: Buffer; readonly unitCode: string } | undefined> {
  return await db
    .selectFrom('filing_source as f')
    .select(['f.name', 'f.content', 'f.unit_code as unitCode'])
    .where('f.unit_code', '=', unitCode)
    .where('f.holiday_year', '=', holidayYear)
    .where('f.holiday_name', '=', holidayName)
    .where('f.form', '=', form)
    .where('f.sha256', '=', sha256)
    .$call(inScope(db, 'filing-source', 'f.unit_code'))
    .executeTakeFirst()
}

/** Harmless for a file that came before. */
export async function insertFilingSource(
  db: Db,
  row: FormKey & { readonly sha256: string; readonly name: string; readonly content: Uint8Array },
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('filing_source')
    .values({
      ...toFormColumns(row),
      sha256: row.sha256,
      name: row.name,
      content: Buffer.from(row.content),
      ...toSigned(author),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
