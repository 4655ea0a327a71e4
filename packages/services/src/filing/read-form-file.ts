import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FormFileRead, toCellText } from '@zhidu/contract'
import { asReadonly, insertFilingSource, listFilingSources, lockForTransaction } from '@zhidu/db'
import { readTable, TableError, type TableLimits } from '@zhidu/documents'
import { type FilingForm, localDateOf, readRoster, readWhereabouts, type SourceRow } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { toView } from './filing-content.ts'
import { sha256Of } from './sha256-of.ts'
import { type HolidayDue, requireHoliday } from './holiday-block.ts'
import { assertUnitOpen } from './submit-filing.ts'

/** A form is a page or two; pictures in it are not read. */
export const MAX_FORM_BYTES = 5_000_000
/** Of one form of one holiday. */
const MAX_SOURCES = 20
/** What a form can hold, and no more. */
const FORM_LIMITS: Partial<TableLimits> = {
  xlsxBytes: MAX_FORM_BYTES,
  xlsxRows: 2_000,
  xlsxCells: 50_000,
  xlsxSheetBytes: 30_000_000,
  xlsxPartBytes: 30_000_000,
  xlsxStrings: 50_000,
  xlsxSeconds: 10,
  csvRowBytes: 100_000,
  columns: 60,
  totalSeconds: 30,
}

/** The rows of a table or document, as text. Throws TableError. */
export async function readSourceRows(content: Uint8Array): Promise<SourceRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-form-'))
  try {
    const path = join(folder, 'form')
    await writeFile(path, content, { mode: 0o600 })
    const table = await readTable(path, { limits: FORM_LIMITS, readsWord: true })
    const rows: SourceRow[] = []
    try {
      for await (const batch of table.batches) {
        rows.push(...batch.rows.map(({ cells, row }) => ({ row, cells: cells.map(toCellText) })))
      }
    } finally {
      await table.close()
    }
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function read(content: Uint8Array, form: FilingForm, { block }: HolidayDue) {
  try {
    const rows = await readSourceRows(content)
    const found = form === 'roster' ? readRoster(rows, block) : readWhereabouts(rows, block)
    return { content: toView(found.content), problems: [...found.problems], refused: null }
  } catch (error) {
    if (!(error instanceof TableError)) throw error
    return { content: null, problems: [], refused: { code: error.code, params: { ...error.params } } }
  }
}

export interface FormFile {
  readonly holiday: string
  readonly form: FilingForm
  readonly fileName: string
  readonly content: Uint8Array
}

/**
 * Reads the Word, Excel or CSV file a unit has as one of the forms, for the unit to check; nothing is filed by it. The file is kept, also
 * one that cannot be read. Throws ServiceError `invalid` for one that is too large, `conflict`, `not_found` as filing does.
 */
export async function readFormFile(ctx: ServiceContext, file: FormFile): Promise<FormFileRead> {
  const { content, fileName, form, holiday } = file
  if (content.length === 0) throw new ServiceError('invalid', 'upload_empty')
  if (content.length > MAX_FORM_BYTES) {
    throw new ServiceError('invalid', 'upload_too_large', { limit: String(MAX_FORM_BYTES / 1_000_000) })
  }
  const { unitCode } = officeOf(ctx)
  const due = await withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    await assertUnitOpen(db, unitCode, ctx.clock())
    return requireHoliday(db, holiday)
  })
  const sha256 = sha256Of(content)
  const found = await read(content, form, due)
  const what = { action: 'filing.readFile', object: `filing/${unitCode}/${holiday}/${form}` }
  await withChange(ctx, { ...what, detail: { sha256, bytes: content.length } }, async (trx, note) => {
    const { author } = officeOf(ctx)
    await lockForTransaction(trx, 'filings')
    const key = { unitCode, holidayYear: due.block.year, holidayName: due.block.name, form }
    const kept = await listFilingSources(asReadonly(trx), key)
    const isNew = !kept.some((one) => one.sha256 === sha256)
    if (isNew && kept.length >= MAX_SOURCES) {
      throw new ServiceError('conflict', 'filing_files_many', { n: String(MAX_SOURCES) })
    }
    await insertFilingSource(trx, { ...key, sha256, name: fileName, content }, author)
    note.detail = { ...note.detail, isNew, refused: found.refused?.code ?? null, rows: found.content?.rows.length ?? 0 }
  })
  return { sourceSha256: sha256, fileName, ...found }
}
