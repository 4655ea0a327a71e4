import { pipeline } from 'node:stream/promises'
import type { HolidayPack, SpecialPeriodItem } from '@zhidu/contract'
import { buildWorkbook, toCsv } from '@zhidu/documents'
import type { ServiceContext } from '../context.ts'
import type { ExportedFile } from '../export/exported-file.ts'
import { streamOf } from '../export/web-stream.ts'
import { getCalendarYear } from './get-calendar.ts'
import { HOLIDAY_HEADS, KIND_WORDS, LEVEL_WORDS_OF, NO, PERIOD_HEADS, YES } from './pack-words.ts'
import { listPeriods } from './special-periods.ts'

export const CALENDAR_FORMATS = ['csv', 'xlsx', 'json'] as const
export type CalendarFormat = (typeof CALENDAR_FORMATS)[number]

type Rows = readonly (readonly string[])[]

function csvFile(fileName: string, heads: readonly string[], rows: Rows): ExportedFile {
  async function* once(): AsyncGenerator<Rows> {
    yield rows
  }
  return { fileName: `${fileName}.csv`, body: streamOf((sink) => pipeline(toCsv(heads, once()), sink)) }
}

async function xlsxFile(fileName: string, heads: readonly string[], rows: Rows): Promise<ExportedFile> {
  const columns = heads.map((head) => ({ width: Math.max(14, head.length * 3), format: 'text' as const }))
  const sheet = { name: fileName.slice(0, 31), columns, rows: [heads, ...rows], headerRow: 0 }
  return {
    fileName: `${fileName}.xlsx`,
    body: new Uint8Array(await buildWorkbook({ title: fileName, createdAt: 0, sheets: [sheet] })),
  }
}

async function tableFile(
  format: 'csv' | 'xlsx',
  fileName: string,
  heads: readonly string[],
  rows: Rows,
): Promise<ExportedFile> {
  return format === 'csv' ? csvFile(fileName, heads, rows) : await xlsxFile(fileName, heads, rows)
}

/** A year's notice as a file that can be brought back, here or elsewhere. */
export async function exportHolidays(
  ctx: ServiceContext,
  { format, year }: { readonly year: number; readonly format: CalendarFormat },
): Promise<ExportedFile> {
  const { blocks, versions } = await getCalendarYear(ctx, { year })
  const source = versions[0]?.source ?? ''
  const name = `节假日历_${year}`
  if (format === 'json') {
    const pack: HolidayPack = { kind: 'holidays', year, source, blocks }
    return { fileName: `${name}.json`, body: new Uint8Array(Buffer.from(`${JSON.stringify(pack, null, 2)}\n`)) }
  }
  const rows = blocks.map((block) => [
    String(year),
    block.name,
    block.firstDayOff,
    block.lastDayOff,
    block.makeupWorkdays.join('、'),
    source,
  ])
  return await tableFile(format, name, HOLIDAY_HEADS, rows)
}

function toCells({ versions }: SpecialPeriodItem): readonly string[][] {
  const [newest] = versions
  if (newest === undefined || newest.isWithdrawn) return []
  const { asksDailyReport, asksDoubleLeaders, basis, from, kind, level, note, title, to } = newest
  const yesNo = (is: boolean): string => (is ? YES : NO)
  const asked = [yesNo(asksDoubleLeaders), yesNo(asksDailyReport)]
  return [[KIND_WORDS[kind], level === null ? '' : LEVEL_WORDS_OF[level], title, from, to ?? '', ...asked, note, basis]]
}

/** The special periods in force of the reader's own office as a file that can be brought back. */
export async function exportPeriods(
  ctx: ServiceContext,
  { format }: { readonly format: 'csv' | 'xlsx' },
): Promise<ExportedFile> {
  const { items } = await listPeriods(ctx)
  return await tableFile(format, '特殊时段', PERIOD_HEADS, items.filter(({ isOwn }) => isOwn).flatMap(toCells))
}
