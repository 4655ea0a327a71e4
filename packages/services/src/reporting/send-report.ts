import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { toCanonicalJson } from '@zhidu/audit'
import {
  type CorrectReportInput,
  type ReportDocument,
  type ReportReceipt,
  SealedReport,
  type SendReportInput,
} from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  type DrawAuthor,
  findLastReportNumber,
  insertReportContent,
  listEventCodesLike,
  listReportContents,
  listReportDrafts,
  type ReportContentRow,
  saveReportDraft,
} from '@zhidu/db'
import {
  callThatCounts,
  elementsAfterCorrection,
  ELEMENTS,
  listElementsGiven,
  listNextReports,
  localDateOf,
  type ReportFact,
  refusesStage,
  toEventCode,
  toLocalIso,
  toReceiptCode,
  viewFiling,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { lockFacts } from '../facts-lock.ts'
import { ServiceError } from '../service-error.ts'
import { assertAfterLearned, assertDocument, timesOf } from './check-document.ts'
import {
  type EventFiling,
  findFilingRules,
  loadEventFiling,
  loadOpenUnit,
  loadRegulationAt,
  NO_FILING,
} from './load-filing.ts'
import { BY_PAGE, putReport } from './put-report.ts'
import { toReceipt, toReportDocument } from './to-content.ts'

const RANDOM_BYTES = 64

/** All elements in words, for who searches and for those who match leads. */
function textOf({ place, texts }: ReportDocument): string {
  return [place, ...ELEMENTS.map((element) => texts[element] ?? '')].filter((text) => text.trim() !== '').join('\n')
}

interface Sealing {
  /** Who sends, and the one second that counts. */
  readonly author: DrawAuthor
  readonly unitCode: string
  readonly eventCode: string
  readonly sequence: number
  readonly version: number
  readonly clientKey: string
  readonly document: ReportDocument
  readonly reason: string | null
  readonly writtenAt: number
  readonly number: { readonly year: number; readonly number: number }
}

/** The report as it is kept for ever, under a code that nobody guesses; epoch ms. */
function sealReport(what: Sealing): ReportContentRow {
  const { author, clientKey, document, eventCode, number, reason, sequence, unitCode, version, writtenAt } = what
  const receiptCode = toReceiptCode([...randomBytes(RANDOM_BYTES)])
  const sealed = toCanonicalJson(
    SealedReport.parse({
      unitCode,
      eventCode,
      sequence,
      version,
      receivedAt: toLocalIso(author.at),
      writtenAt: toLocalIso(writtenAt),
      receiptCode,
      reason,
      report: document,
    }),
  )
  const { learnedAt, occurredAt, phonedAt } = timesOf(document)
  return {
    contentId: randomUUID(),
    unitCode,
    eventCode,
    stage: document.stage,
    sequence,
    version,
    receivedAt: author.at,
    receiptCode,
    clientKey,
    sha256: createHash('sha256').update(sealed).digest('hex'),
    document: sealed,
    category: document.category,
    level: document.level,
    occurredAt,
    learnedAt,
    claimedPhonedAt: phonedAt,
    areaCode: document.areaCode,
    place: document.place,
    deaths: document.deaths,
    injuries: document.injuries,
    missing: document.missing,
    text: textOf(document),
    signer: document.signer,
    ...number,
    reason,
    byName: author.name,
    byId: author.id,
    frozenQuarters: [],
  }
}

/** What was sent under this key before; undefined = nothing. Throws ServiceError `conflict` when it was something else. */
async function findSent(
  trx: Db,
  unitCode: string,
  { clientKey, document }: { readonly clientKey: string; readonly document: ReportDocument },
): Promise<ReportContentRow | undefined> {
  const [sent] = await listReportContents(asReadonly(trx), { unitCodes: [unitCode], clientKey })
  if (sent !== undefined && toCanonicalJson(toReportDocument(sent)) !== toCanonicalJson(document)) {
    throw new ServiceError('conflict', 'report_key_taken')
  }
  return sent
}

async function nextEventCode(trx: Db, unitCode: string, at: number): Promise<string> {
  const day = localDateOf(at)
  const start = toEventCode(unitCode, day, 0).slice(0, -2)
  const taken = await listEventCodesLike(asReadonly(trx), unitCode, start)
  const numbers = taken.map((code) => Number(code.slice(start.length))).filter(Number.isInteger)
  return toEventCode(unitCode, day, Math.max(0, ...numbers) + 1)
}

/** Throws ServiceError `invalid` for an area that is neither the unit's nor one of those below it. */
async function assertArea(trx: Db, ctx: ServiceContext, { areaCode }: ReportDocument): Promise<void> {
  if (areaCode !== null) {
    await loadOpenUnit(asReadonly(trx), ctx, areaCode).catch((cause: unknown) => {
      throw new ServiceError('invalid', 'report_area_unknown', {}, { cause })
    })
  }
}

/** The call that the row of a first report bears; null for the others. */
function callOf(filing: EventFiling, document: ReportDocument): number | null {
  if (document.stage !== 'first') return null
  const recorded = filing.calls.map(({ beganAt }) => beganAt)
  // A row of a file, or of another system, names a call as it always did.
  const onRecord = filing.reports.find(({ stage }) => stage === 'first')?.phonedAt ?? null
  const { phonedAt } = timesOf(document)
  return callThatCounts(recorded, recorded.length === 0 && onRecord !== null ? onRecord : phonedAt, false)
}

async function emptyDraft(trx: Db, ctx: ServiceContext, draftKey: string): Promise<void> {
  const { author, unitCode } = officeOf(ctx)
  const [draft] = await listReportDrafts(asReadonly(trx), { unitCode, draftKey })
  if (draft === undefined || draft.document === null) return
  await saveReportDraft(trx, { unitCode, draftKey, document: null, seen: draft.revision }, author)
}

/** Checks that the report may come now, and gives the number it bears. */
async function assertMayCome(trx: Db, ctx: ServiceContext, filing: EventFiling, document: ReportDocument) {
  const { unitCode } = officeOf(ctx)
  const { tier } = await loadOpenUnit(asReadonly(trx), ctx, unitCode)
  const regulation = await loadRegulationAt(trx, Date.parse(document.learnedAt))
  const { category, level, stage } = document
  if (findFilingRules(regulation, { category, level, tier }) === null) {
    throw new ServiceError('invalid', 'report_level_unruled')
  }
  const refusal = refusesStage(filing.reports, stage)
  if (refusal !== null) throw new ServiceError('conflict', `report_${refusal}`)
  return listNextReports(filing.reports).find((next) => next.stage === stage)?.sequence ?? 0
}

/**
 * Sends a report: it counts from the second this server received it. The same key again gives the same receipt. Throws ServiceError
 * `invalid` for clocks that cannot be, an area out of reach, a level the rules do not know; `conflict` for one that is not next.
 */
export function sendReport(ctx: ServiceContext, input: SendReportInput): Promise<ReportReceipt> {
  return withChange(ctx, { action: 'report.send' }, async (trx, note) => {
    // Received is received, however long an import keeps it waiting.
    const { author, unitCode } = officeOf(ctx)
    await lockFacts(trx)
    const nameOf = await loadNames(asReadonly(trx), ctx)
    const { clientKey, document } = input
    const sent = await findSent(trx, unitCode, input)
    if (sent !== undefined) {
      note.object = `report/${sent.receiptCode}`
      note.detail = { eventCode: sent.eventCode, again: true }
      return toReceipt(sent, { nameOf })
    }
    assertDocument(document, author.at)
    const known = input.eventCode
    const filing = known === null ? NO_FILING : await loadEventFiling(asReadonly(trx), { unitCode, eventCode: known })
    if (known !== null && filing.reports.length === 0) throw new ServiceError('not_found', 'report_event_unknown')
    const sequence = await assertMayCome(trx, ctx, filing, document)
    await assertArea(trx, ctx, document)
    const eventCode = known ?? (await nextEventCode(trx, unitCode, author.at))
    const year = Number(localDateOf(author.at).slice(0, 4))
    const last = await findLastReportNumber(asReadonly(trx), unitCode, year)
    const number = { year, number: last + 1 }
    const about = { unitCode, eventCode, sequence, version: 1, clientKey, reason: null, number }
    const row = sealReport({ ...about, author, document, writtenAt: author.at })
    const fact: ReportFact = {
      eventCode,
      unitCode,
      stage: document.stage,
      sequence,
      category: document.category,
      level: document.level,
      occurredAt: row.occurredAt,
      learnedAt: row.learnedAt,
      phonedAt: callOf(filing, document),
      writtenAt: author.at,
      elements: listElementsGiven(document),
    }
    assertAfterLearned(fact)
    const by = { author, unitCode, code: `${BY_PAGE}${row.receiptCode}`, sha256: row.sha256 }
    const frozenQuarters = await putReport(trx, fact, by)
    await insertReportContent(trx, { ...row, frozenQuarters })
    await emptyDraft(trx, ctx, input.draftKey ?? eventCode)
    note.object = `report/${row.receiptCode}`
    note.detail = { eventCode, stage: document.stage, sequence, sha256: row.sha256, afterFreezeOf: [...frozenQuarters] }
    return toReceipt({ ...row, frozenQuarters }, { nameOf })
  })
}

/** True while a correction may still supplement the elements of its event. */
async function maySupplement(trx: Db, filing: EventFiling, fact: ReportFact, now: number, ctx: ServiceContext) {
  const { tier } = await loadOpenUnit(asReadonly(trx), ctx, fact.unitCode)
  const regulation = await loadRegulationAt(trx, fact.learnedAt)
  const rules = findFilingRules(regulation, { ...fact, tier })
  if (rules === null) return false
  const { preReport, reports } = filing
  const judged = reports.find(({ stage }) => stage === 'first') ?? fact
  const { learnedAt, occurredAt } = judged
  const view = viewFiling({ rules, occurredAt, learnedAt, reports, preReport, preReportRule: null, asOf: now })
  return view.clocks.some(({ kind }) => kind === 'elements')
}

/**
 * A new version of a report, with a reason. It keeps the time, class, level and clocks of what it corrects: the first valid submission
 * decides on timeliness, and a change of level belongs in a follow-up. Throws ServiceError `conflict` for anything but the last version.
 */
export function correctReport(ctx: ServiceContext, input: CorrectReportInput): Promise<ReportReceipt> {
  return withChange(ctx, { action: 'report.correct' }, async (trx, note) => {
    // Received is received, however long an import keeps it waiting.
    const { author, unitCode } = officeOf(ctx)
    await lockFacts(trx)
    const nameOf = await loadNames(asReadonly(trx), ctx)
    const { clientKey, contentId, document, reason } = input
    const sent = await findSent(trx, unitCode, input)
    if (sent !== undefined) return toReceipt(sent, { nameOf })
    assertDocument(document, author.at)
    await assertArea(trx, ctx, document)
    const [before] = await listReportContents(asReadonly(trx), { unitCodes: [unitCode], contentId })
    if (before === undefined) throw new ServiceError('not_found', 'report_unknown')
    const { eventCode, sequence, stage } = before
    const filing = await loadEventFiling(asReadonly(trx), { unitCode, eventCode })
    const isSlot = (one: { readonly stage: string; readonly sequence: number }): boolean =>
      one.stage === stage && one.sequence === sequence
    const last = filing.contents.filter(isSlot).toSorted((a, b) => b.version - a.version)[0]
    const fact = filing.reports.find(isSlot)
    if (last?.contentId !== contentId || fact === undefined)
      throw new ServiceError('conflict', 'report_corrected_since')
    const old = toReportDocument(before)
    const FIXED = ['stage', 'category', 'level', 'occurredAt', 'learnedAt', 'phonedAt'] as const
    if (FIXED.some((field) => old[field] !== document[field])) {
      throw new ServiceError('invalid', 'report_correction_keeps_clocks')
    }
    const writtenAt = fact.writtenAt ?? before.receivedAt
    const number = { year: before.year, number: before.number }
    const about = { unitCode, eventCode, sequence, version: before.version + 1, clientKey, reason, number }
    const row = sealReport({ ...about, author, document, writtenAt })
    const mayAdd = await maySupplement(trx, filing, fact, author.at, ctx)
    const elements = elementsAfterCorrection(fact.elements, listElementsGiven(document), mayAdd)
    const by = { author, unitCode, code: `${BY_PAGE}${row.receiptCode}`, sha256: row.sha256 }
    const frozenQuarters = await putReport(trx, { ...fact, elements }, by)
    await insertReportContent(trx, { ...row, frozenQuarters })
    note.object = `report/${row.receiptCode}`
    note.detail = { eventCode, stage, sequence, version: row.version, reason, corrects: before.receiptCode }
    return toReceipt({ ...row, frozenQuarters }, { nameOf })
  })
}
