import { pipeline } from 'node:stream/promises'
import type { HandoverKey, LogDayInput, LogItem, LogListInput } from '@zhidu/contract'
import { countLogEntries, listLogEntries, type LogPlace, type ReadonlyDb } from '@zhidu/db'
import { toWord, type WordDocument } from '@zhidu/documents'
import { localDateOf, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import type { ExportedFile, ExportLanguage } from '../export/exported-file.ts'
import { toSheetFile } from '../export/sheet-file.ts'
import { streamOf } from '../export/web-stream.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { getHandover } from './get-handover.ts'
import { getLogDay, toLogFilter } from './get-log.ts'
import { makeReader, toLines, withSteps } from './load-log.ts'
import { toHandoverForm, toLogForm } from './log-forms.ts'
import { LOG_WORDS } from './log-words.ts'

const ROWS_PER_READ = 1_000
const MAX_ROWS = 20_000

function toFile(document: WordDocument, name: string): ExportedFile {
  const fileName = `${document.title}_${name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '')}.docx`
  return { fileName, body: streamOf((sink) => pipeline(toWord(document), sink)) }
}

/** The page of a day as a Word file. Throws ServiceError `not_found`. */
export async function exportLogDay(ctx: ServiceContext, input: LogDayInput): Promise<ExportedFile> {
  const page = await getLogDay(ctx, input)
  return toFile(toLogForm(page), `${page.unitName}_${page.day.replaceAll('-', '')}`)
}

/** 交接班记录 as a Word file. Throws ServiceError `not_found`. */
export async function exportHandover(ctx: ServiceContext, key: HandoverKey): Promise<ExportedFile> {
  const page = await getHandover(ctx, key)
  return toFile(toHandoverForm(page), `${page.item.unitName}_${page.item.changeAt.slice(0, 10).replaceAll('-', '')}`)
}

const textOf = (at: string | null): string => (at === null ? '' : at.slice(0, 19).replace('T', ' '))

function toRow(item: LogItem, language: ExportLanguage): (string | number)[] {
  const words = LOG_WORDS[language]
  return [
    item.unitName,
    item.entryCode,
    words.source[item.source],
    words.kind[item.kind],
    item.callerUnit ?? '',
    item.callerName ?? '',
    item.callerPhone ?? '',
    textOf(item.receivedAt),
    textOf(item.writtenAt),
    item.lateHours ?? '',
    item.content,
    item.writtenBy,
    item.outcome === null ? words.open : words.outcome[item.outcome],
    item.lastNote ?? '',
    textOf(item.closedAt),
    item.openHours ?? '',
    item.handedOver,
  ]
}

async function readLines(db: ReadonlyDb, ctx: ServiceContext, input: Omit<LogListInput, 'cursor'>): Promise<LogItem[]> {
  const filter = toLogFilter(input)
  const total = (await countLogEntries(db, filter)).reduce((sum, { count }) => sum + count, 0)
  if (total > MAX_ROWS) {
    throw new ServiceError('invalid', 'export_too_large', { total: String(total), max: String(MAX_ROWS) })
  }
  const lines: LogItem[] = []
  let after: LogPlace | null = null
  for (;;) {
    const rows = await listLogEntries(db, filter, { sort: input.sort ?? 'newest', after, limit: ROWS_PER_READ })
    const loaded = await withSteps(db, rows)
    lines.push(...toLines(loaded, await makeReader(db, ctx, loaded)))
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS_PER_READ) return lines
    after = last
  }
}

const WIDTHS = [22, 24, 8, 12, 18, 10, 16, 21, 21, 10, 48, 12, 14, 36, 21, 10, 9]
const COUNTS = new Set([9, 15, 16])

/** The list with its filters, whole; names and numbers stay masked. Throws ServiceError `invalid` where it is too long for one sheet. */
export async function exportLogXlsx(
  ctx: ServiceContext,
  input: Omit<LogListInput, 'cursor'>,
  language: ExportLanguage,
): Promise<ExportedFile> {
  const words = LOG_WORDS[language]
  const lines = await withSnapshot(ctx, localDateOf(ctx.clock()), (db) => readLines(db, ctx, input))
  const now = ctx.clock()
  const file = {
    title: `${words.title}_${localDateOf(now).replaceAll('-', '')}`,
    name: words.title,
    createdAt: now,
    head: [words.head(textOf(toLocalIso(now)))],
    header: words.header,
    columns: WIDTHS.map((width, index) => ({ width, format: COUNTS.has(index) ? 'integer' : 'text' }) as const),
    rows: lines.map((line) => toRow(line, language)),
    notes: [],
  }
  return await toSheetFile(file, 'xlsx')
}
