import { pipeline } from 'node:stream/promises'
import { writeQuarter } from '@zhidu/contract'
import { toWord } from '@zhidu/documents'
import { type BulletinDocument, localDateOf, quarterRange } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import type { ExportedFile } from '../export/exported-file.ts'
import { streamOf } from '../export/web-stream.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { type Annex, listAnnexes } from './annex-list.ts'
import { toAnnexWorkbook } from './annex-workbook.ts'
import { type LoadedBulletin, loadBulletin } from './bulletin-store.ts'
import { toCorrectionWord } from './correction-word.ts'
import {
  collectRows,
  type FrozenRow,
  type FactsKey,
  listFrozenRows,
  loadBulletinFacts,
  type LoadedFacts,
} from './load-bulletin-facts.ts'
import { MAX_PAPER_DEDUCTIONS, titleOf, toBulletinWord } from './to-word.ts'

export interface BulletinFileArgs {
  readonly bulletinId: string
  /** `bulletin.docx`, `annex-1.xlsx` … */
  readonly file: string
  readonly paper: 'a4' | 'a3'
}

/** The rows with their deductions of the bulletin's units, read while `use` asks for them. */
export function withRows<T>(
  ctx: ServiceContext,
  { facts, frozen }: LoadedFacts,
  use: (rows: AsyncIterable<FrozenRow>) => Promise<T>,
): Promise<T> {
  const told = new Set(facts.units.map(({ unitCode }) => unitCode))
  return withSnapshot(ctx, quarterRange(facts.quarter).lastOn, (db) => {
    const rows = async function* (): AsyncGenerator<FrozenRow> {
      for await (const row of listFrozenRows(db, frozen)) if (told.has(row.unitCode)) yield row
    }
    return use(rows())
  })
}

/** `2026年第三季度值班工作情况通报（附表1）_20261012.xlsx`; `day`: of the text, so that the same text bears the same name. */
export function annexFileName({ number }: Annex, { facts }: LoadedFacts, day: string): string {
  return `${writeQuarter(facts.quarter)}值班工作情况通报（附表${number}）_${day.replaceAll('-', '')}.xlsx`
}

export function wordFileName(document: BulletinDocument, day: string): string {
  const title = titleOf(document).replace(/[\\/:*?"<>|\u0000-\u001f]/g, '')
  return `${title === '' ? '通报' : title}_${day.replaceAll('-', '')}.docx`
}

/** The document's Word file; its deductions are read only when they are few enough for paper. */
export async function makeBulletinWord(ctx: ServiceContext, document: BulletinDocument, loaded: LoadedFacts) {
  const rows = loaded.deductionCount > MAX_PAPER_DEDUCTIONS ? [] : await withRows(ctx, loaded, collectRows)
  return toBulletinWord(document, loaded, rows)
}

async function makeWord(ctx: ServiceContext, bulletin: LoadedBulletin, loaded: LoadedFacts, key: FactsKey) {
  const { document, row } = bulletin
  if (row.kind === 'bulletin') return await makeBulletinWord(ctx, document, loaded)
  const before = await loadBulletinFacts(ctx, { ...key, version: row.frozenVersion })
  return toCorrectionWord(document, before, loaded)
}

/** A bulletin's Word file or one of its annexes, as its newest revision has it. Throws ServiceError `not_found`. */
export async function exportBulletinFile(
  ctx: ServiceContext,
  { bulletinId, file, paper }: BulletinFileArgs,
): Promise<ExportedFile> {
  const bulletin = await withSnapshot(ctx, localDateOf(ctx.clock()), (db) => loadBulletin(db, bulletinId))
  const { document, newest, row } = bulletin
  const key = { office: row.unitCode, quarter: row.quarter, version: document.version }
  const loaded = await loadBulletinFacts(ctx, key)
  const day = localDateOf(newest.at)
  if (file === 'bulletin.docx') {
    const word = await makeWord(ctx, bulletin, loaded, key)
    return { fileName: wordFileName(document, day), body: streamOf((sink) => pipeline(toWord(word), sink)) }
  }
  const annex = row.kind === 'correction' ? undefined : listAnnexes(loaded).find((one) => one.file === file)
  if (annex === undefined) throw new ServiceError('not_found', 'bulletin_unknown')
  const body = streamOf((sink) =>
    withRows(ctx, loaded, (rows) => pipeline(toAnnexWorkbook(annex, loaded, { paper, rows }), sink)),
  )
  return { fileName: annexFileName(annex, loaded, day), body }
}
