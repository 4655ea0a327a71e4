import { pipeline } from 'node:stream/promises'
import { toWord, type WordDocument } from '@zhidu/documents'
import { localDateOf, startOfLocalDay } from '@zhidu/domain'
import { getCheckPage } from '../check/get-check-page.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { getEventPage } from '../event/get-event-page.ts'
import type { ExportedFile } from '../export/exported-file.ts'
import { streamOf } from '../export/web-stream.ts'
import { getEventTexts } from '../reporting/get-event-texts.ts'
import { findReceipt } from '../reporting/list-inbox.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { toCheckSheet, toRectificationNotice } from './check-forms.ts'
import { toEventReport, toSentReport } from './event-report.ts'
import { toRosterForm, toWhereaboutsForm } from './holiday-forms.ts'

export const CHECK_FORMS = ['notice', 'sheet'] as const
export const BLANK_FORMS = ['whereabouts', 'roster', 'check-sheet'] as const

function toFile(document: WordDocument, name: string): ExportedFile {
  const fileName = `${document.title}_${name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '')}.docx`
  return { fileName, body: streamOf((sink) => pipeline(toWord(document), sink)) }
}

/** The reader's own unit by name. Throws ServiceError `forbidden` for whoever is of none. */
async function loadOwnName(ctx: ServiceContext): Promise<string> {
  const { actor } = ctx
  if (actor.kind !== 'account' || actor.unitCode === null) throw new ServiceError('forbidden', 'role_forbids')
  const { unitCode } = actor
  return await withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => (await loadNames(db, ctx))(unitCode))
}

/**
 * A check as 整改通知书 or as its sheet; names of people stay masked. Throws ServiceError `not_found`, and `conflict` for a notice about
 * a check that found nothing.
 */
export async function exportCheckForm(
  ctx: ServiceContext,
  { checkCode, form }: { readonly checkCode: string; readonly form: (typeof CHECK_FORMS)[number] },
): Promise<ExportedFile> {
  const { check, provenance } = await getCheckPage(ctx, { checkCode })
  const officeName = await loadOwnName(ctx)
  if (form === 'sheet') return toFile(toCheckSheet(check, officeName, Date.parse(check.checkedAt)), checkCode)
  if (check.findings.length === 0) throw new ServiceError('conflict', 'notice_without_findings')
  return toFile(toRectificationNotice(check, officeName, provenance.regulation.title), checkCode)
}

/**
 * The event as 信息专报 of the first unit in reach that reported it: as it was sent, by a receipt or the last one, else by what is on
 * record. Throws ServiceError `not_found`.
 */
export async function exportEventReport(
  ctx: ServiceContext,
  { eventCode, receiptCode }: { readonly eventCode: string; readonly receiptCode: string | null },
): Promise<ExportedFile> {
  if (receiptCode !== null) {
    const content = await findReceipt(ctx, { receiptCode })
    if (content.receipt.eventCode !== eventCode) throw new ServiceError('not_found', 'event_unknown', { eventCode })
    return toFile(toSentReport(content), `${eventCode}_${content.receipt.receiptCode}`)
  }
  const { units } = await getEventTexts(ctx, { eventCode })
  const sent = units[0]?.reports.at(-1)?.versions.at(-1)?.content
  if (sent !== undefined) return toFile(toSentReport(sent), `${eventCode}_${sent.receipt.receiptCode}`)
  const { judgements } = await getEventPage(ctx, { eventCode })
  const [first] = judgements
  if (first === undefined) throw new ServiceError('not_found', 'event_unknown', { eventCode })
  return toFile(toEventReport(first, null), eventCode)
}

/** An empty form of the own unit, dated by the day. */
export async function exportBlankForm(ctx: ServiceContext, form: (typeof BLANK_FORMS)[number]): Promise<ExportedFile> {
  const unitName = await loadOwnName(ctx)
  const at = startOfLocalDay(localDateOf(ctx.clock()))
  const make = { whereabouts: toWhereaboutsForm, roster: toRosterForm } as const
  if (form === 'check-sheet') return toFile(toCheckSheet(null, unitName, at), unitName)
  return toFile(make[form](null, unitName, at), unitName)
}
