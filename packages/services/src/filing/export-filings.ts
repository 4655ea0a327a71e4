import { pipeline } from 'node:stream/promises'
import type { FilingGetInput } from '@zhidu/contract'
import { findFilingSource, listFilingStandings } from '@zhidu/db'
import { buildWorkbook, toWord } from '@zhidu/documents'
import { type FilingState, localDateOf, type Outcome, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import type { ExportedFile, ExportLanguage } from '../export/exported-file.ts'
import { streamOf } from '../export/web-stream.ts'
import { toRosterForm, toWhereaboutsForm } from '../forms/holiday-forms.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { maskContent, parseContent } from './filing-content.ts'
import { loadFiling, requireNearUnit } from './get-filing.ts'
import { requireHoliday } from './holiday-block.ts'
import { toListArgs } from './list-filings.ts'

/** More units than any office has below it. */
const ALL_UNITS = 10_000

/**
 * The official form as it was filed, or empty, as Word. Of a unit below the names and numbers of people stay masked. Throws ServiceError
 * `not_found`.
 */
export async function exportFilingForm(ctx: ServiceContext, input: FilingGetInput): Promise<ExportedFile> {
  const { due, shown, unit } = await withSnapshot(ctx, localDateOf(ctx.clock()), (db) => loadFiling(db, ctx, input))
  const whole = shown === null ? null : parseContent(shown.content)
  const content = whole === null || unit.isOwn ? whole : maskContent(whole)
  const at = shown?.at ?? due.dueAt
  const { name } = due.block
  const document =
    input.form === 'roster'
      ? toRosterForm(name, unit.name, at, content?.form === 'roster' ? content : null)
      : toWhereaboutsForm(name, unit.name, at, content?.form === 'whereabouts' ? content : null)
  const fileName = `${document.title}_${due.holiday}_${unit.name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '')}.docx`
  return { fileName, body: streamOf((sink) => pipeline(toWord(document), sink)) }
}

const WORDS: Readonly<
  Record<
    ExportLanguage,
    {
      readonly title: string
      readonly header: readonly string[]
      readonly state: Readonly<Record<FilingState, string>>
      readonly outcome: Readonly<Record<Outcome, string>>
      readonly none: string
    }
  >
> = {
  'zh-CN': {
    title: '节假日报送情况',
    header: [
      '单位编码',
      '单位',
      '结果',
      '去向表',
      '去向表收到时间',
      '值班安排表',
      '值班安排表收到时间',
      '最近催报',
      '签收',
    ],
    state: { missing: '未报', not_yet_due: '未到期', late: '迟报', on_time: '按时', not_owed: '不适用' },
    outcome: { on_time: '按时', late: '迟报', missing: '未报', not_yet_due: '未到期' },
    none: '—',
  },
  en: {
    title: 'Holiday filings',
    header: ['Unit code', 'Unit', 'Outcome', 'Whereabouts', 'Received', 'Roster', 'Received', 'Reminded', 'Seen'],
    state: { missing: 'Missing', not_yet_due: 'Not yet due', late: 'Late', on_time: 'On time', not_owed: 'Not owed' },
    outcome: { on_time: 'On time', late: 'Late', missing: 'Missing', not_yet_due: 'Not yet due' },
    none: '—',
  },
}

/** The office's list of a holiday as a workbook: who filed when, nothing of what. Throws ServiceError as `requireHoliday`. */
export async function exportFilings(
  ctx: ServiceContext,
  { holiday, language }: { readonly holiday: string; readonly language: ExportLanguage },
): Promise<ExportedFile> {
  const asOf = ctx.clock()
  const words = WORDS[language]
  const instant = (at: number | null): string =>
    at === null ? words.none : toLocalIso(at).slice(0, 19).replace('T', ' ')
  const outcome = (one: Outcome | null): string => (one === null ? words.none : words.outcome[one])
  return await withSnapshot(ctx, localDateOf(asOf), async (db) => {
    const { unitCode: office } = officeOf(ctx)
    const due = await requireHoliday(db, holiday)
    const rows = await listFilingStandings(db, toListArgs(office, due, asOf), {
      state: null,
      after: null,
      limit: ALL_UNITS,
    })
    const title = `${words.title} ${holiday} ${due.dueOn}`
    const lines = rows.map((row) => [
      row.unitCode,
      row.name,
      words.state[row.state],
      outcome(row.whereabouts),
      instant(row.whereaboutsAt),
      outcome(row.roster),
      instant(row.rosterAt),
      instant(row.remindedAt),
      instant(row.reminderSeenAt),
    ])
    const columns = words.header.map((_, at) => ({ width: at === 1 ? 30 : 20, format: 'text' as const }))
    const sheet = {
      name: words.title,
      columns,
      rows: [[title], words.header, ...lines],
      headerRow: 1,
      isLandscape: true,
    }
    return {
      fileName: `${words.title}_${holiday}.xlsx`,
      body: new Uint8Array(await buildWorkbook({ title, createdAt: asOf, sheets: [sheet] })),
    }
  })
}

/** A file that a form of the own unit was read from, as it came. Throws ServiceError `not_found`. */
export async function getFilingSource(
  ctx: ServiceContext,
  {
    form,
    holiday,
    sha256,
  }: { readonly holiday: string; readonly form: 'whereabouts' | 'roster'; readonly sha256: string },
): Promise<ExportedFile> {
  return await withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const { unitCode } = await requireNearUnit(db, ctx, undefined)
    const { name, year } = (await requireHoliday(db, holiday)).block
    const found = await findFilingSource(db, { unitCode, holidayYear: year, holidayName: name, form, sha256 })
    if (found === undefined) throw new ServiceError('not_found', 'filing_file_unknown')
    return { fileName: found.name, body: new Uint8Array(found.content) }
  })
}
