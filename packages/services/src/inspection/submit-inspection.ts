import { randomUUID } from 'node:crypto'
import { type InspectionDocument, type InspectionReceipt, toInspectionJson } from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  findInspection,
  insertInspection,
  insertInspectionFiles,
  insertInspectionFindings,
  type InspectionOrderRow,
  insertSupervisionCases,
  listInspectionFiles,
  listInspectionOrders,
  type ReadonlyDb,
} from '@zhidu/db'
import { hashText } from '@zhidu/draw'
import {
  checkCodeOf,
  type Checklist,
  cutToSecond,
  deviceErrorOf,
  type InspectionJudgement,
  localDateOf,
  placeStart,
  type PlacedMoment,
  quarterOf,
  type Regulation,
  toLocalIso,
  type UnitPeriod,
  unitPeriodOn,
} from '@zhidu/domain'
import { type ChangeNote, withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { type Office, officeOf } from '../draw/office.ts'
import { toFileReceipt } from '../evidence/receive-part.ts'
import { loadRoster } from '../league/load-roster.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { assertDocument } from './check-document.ts'
import { loadChecklists } from './checklists.ts'
import { loadDrawnVisits } from './draw-visits.ts'
import { clauseOf, judgeDocument } from './judge-document.ts'
import { loadKnownDuty } from './kit-rosters.ts'
import { recordCheck } from './record-check.ts'
import { loadUnitsInReach } from './units-in-reach.ts'

/** Older than that nobody can say when a check was made. */
const OLDEST_MS = 366 * 24 * 3_600_000

/** Somebody sent the same meanwhile. */
class AlreadyThere extends Error {
  override readonly name = 'AlreadyThere'
}

/** The receipt of what is there; null = nothing is. Throws ServiceError `conflict` when it is another document. */
async function findReceipt(db: ReadonlyDb, inspectionId: string, hash: string): Promise<InspectionReceipt | null> {
  const found = await findInspection(db, inspectionId)
  if (found === undefined) return null
  const { checkCode, contentHash, receivedAt } = found
  if (contentHash !== hash) throw new ServiceError('conflict', 'inspection_differs', { checkCode })
  const files = (await listInspectionFiles(db, inspectionId)).map(toFileReceipt)
  return { inspectionId, checkCode, contentHash, receivedAt: toLocalIso(receivedAt), files }
}

async function loadChecklist(db: ReadonlyDb, office: Office, document: InspectionDocument): Promise<Checklist> {
  const { id, version } = document.checklist
  const found = (await loadChecklists(db, office.unitCode)).find((one) => one.id === id && one.version === version)
  if (found === undefined) throw new ServiceError('invalid', 'inspection_checklist')
  const { isBuiltIn: _, isNewest: __, writtenAt: ___, writtenBy: ____, ...checklist } = found
  return checklist
}

/** What a check for an order says of itself. A recheck is for the inspectors from its day on. */
function purposeOf({ fromAt, kind }: InspectionOrderRow, now: number): InspectionDocument['purpose'] | null {
  if (kind !== 'recheck') return kind
  return fromAt !== null && fromAt <= now ? 'ordered' : null
}

async function assertOrder(db: ReadonlyDb, office: Office, document: InspectionDocument, now: number): Promise<void> {
  const { inspectors, orderId, purpose, unitCode } = document
  if (orderId === null) return
  const [order] = await listInspectionOrders(db, { orderId })
  const isOwn =
    order?.officeCode === office.unitCode && order.unitCode === unitCode && purposeOf(order, now) === purpose
  if (order === undefined || !isOwn) throw new ServiceError('not_found', 'inspection_order_unknown')
  if (order.secondId !== null) throw new ServiceError('conflict', 'inspection_order_done')
  if (order.kind === 'recheck') return
  const first = await findInspection(db, order.firstId)
  const isSame = first?.recordedById === office.author.id || first?.inspectors.some((one) => inspectors.includes(one))
  if (isSame === true) throw new ServiceError('forbidden', 'inspection_not_by_others')
}

async function assertDrawn(db: ReadonlyDb, office: Office, { drawId, unitCode }: InspectionDocument): Promise<void> {
  if (drawId === null) return
  const drawn = await loadDrawnVisits(db, drawId)
  if (drawn === null || drawn.officeCode !== office.unitCode) throw new ServiceError('not_found', 'draw_unknown')
  if (!drawn.everDrawn.has(unitCode)) throw new ServiceError('invalid', 'inspection_not_drawn')
}

/** Throws ServiceError `not_found` for a unit that this office does not check. */
async function assertInReach(db: ReadonlyDb, office: Office, document: InspectionDocument, now: number): Promise<void> {
  const { below, further } = await loadUnitsInReach(db, office.unitCode, now)
  const { purpose, unitCode } = document
  if (!(purpose === 'upper' ? further : below).has(unitCode)) throw new ServiceError('not_found', 'inspection_unit')
}

interface Judged {
  readonly checklist: Checklist
  readonly regulation: Regulation
  readonly period: UnitPeriod | null
  readonly placed: PlacedMoment
  /** Whole seconds, epoch ms. */
  readonly at: number
  readonly judgement: InspectionJudgement
  readonly officeName: string
}

async function judge(db: ReadonlyDb, office: Office, document: InspectionDocument, now: number): Promise<Judged> {
  const { anchors, elapsedMs, start, unitCode } = document
  const checklist = await loadChecklist(db, office, document)
  assertDocument(document, checklist)
  await assertInReach(db, office, document, now)
  await assertDrawn(db, office, document)
  await assertOrder(db, office, document, now)
  const placed = placeStart(start, anchors, { elapsedMs, now })
  if (placed.at < now - OLDEST_MS) throw new ServiceError('invalid', 'inspection_time_unknown')
  const at = cutToSecond(placed.at)
  const { regulation } = await loadRules(db, quarterOf(at))
  const { periodsOf } = await loadRoster(db)
  const period = unitPeriodOn(periodsOf.get(unitCode) ?? [], localDateOf(at))
  const duty = await loadKnownDuty(db, { unitCodes: [unitCode], from: at, to: at + 1, knownAt: at })
  const judgement = judgeDocument({ document, checklist, regulation, period, duty, at })
  const officePeriod = unitPeriodOn(periodsOf.get(office.unitCode) ?? [], localDateOf(at))
  return { checklist, regulation, period, placed, at, judgement, officeName: officePeriod?.name ?? office.unitCode }
}

interface Keeping {
  readonly trx: Db
  readonly office: Office
  readonly document: InspectionDocument
  readonly json: string
  readonly judged: Judged
  readonly note: ChangeNote
}

async function keep({ document, json, judged, note, office, trx }: Keeping): Promise<void> {
  const { author, unitCode: officeCode } = office
  const { at, checklist, judgement, period, placed, regulation } = judged
  const { drawId, elapsedMs, files, inspectionId, inspectors, method, orderId, purpose, unitCode } = document
  const isAgain = purpose === 'second' || purpose === 'upper'
  const [checkCode, contentHash] = [checkCodeOf(inspectionId), hashText(json)]
  const isNew = await insertInspection(trx, {
    inspectionId,
    checkCode,
    unitCode,
    officeCode,
    method,
    purpose,
    drawId,
    orderId,
    at,
    elapsedMs,
    inspectors,
    uncertaintyMs: placed.uncertaintyMs + placed.at - at,
    clockBasis: placed.basis,
    deviceErrorMs: deviceErrorOf(document.anchors),
    recordedBy: author.name,
    recordedById: author.id,
    receivedAt: author.at,
    checklistId: checklist.id,
    checklistVersion: checklist.version,
    checklist: JSON.stringify(checklist),
    regulationId: regulation.id,
    regulationVersion: regulation.version,
    document: json,
    contentHash,
    result: isAgain ? 'compared' : judgement.result,
  })
  if (!isNew) throw new AlreadyThere()
  const about = { inspectionId, unitCode, officeCode, readerCode: isAgain ? officeCode : unitCode }
  await insertInspectionFiles(trx, about, files)
  const findings = isAgain ? [] : judgement.findings
  const filesOf = (items: readonly string[]) =>
    document.answers.flatMap((answer) => (items.includes(answer.item) ? answer.files : []))
  await insertInspectionFindings(
    trx,
    about,
    findings.map((one) => ({
      ...one,
      clause: clauseOf(regulation, one.finding, period),
      files: [...new Set(filesOf(one.items))],
    })),
  )
  const ofCase = { unitCode, officeCode, officeName: judged.officeName, inspectionId, foundAt: at, openedAt: author.at }
  await insertSupervisionCases(
    trx,
    findings.map(({ finding }) => ({ ...ofCase, caseId: randomUUID(), finding })),
  )
  note.detail = { checkCode, unitCode, purpose, findings: findings.map(({ finding }) => finding) }
  if (isAgain || judgement.result !== 'passed') return
  const check = { checkCode, unitCode, method, checkedAt: at, inspectors, findings: [], note: document.note }
  const by = { name: author.name, unitCode: officeCode, at: author.at, sha256: contentHash.slice('sha256:'.length) }
  const frozen = await recordCheck(trx, check, by)
  if (frozen.length > 0) note.detail = { ...note.detail, afterFreezeOf: frozen }
}

/**
 * Receives a check as the phone recorded it. The same document again is answered with the same receipt, however often; another
 * under its id is refused, and the first stays. Without a finding it goes on record at once. Throws ServiceError `not_found` for
 * what is out of reach, `invalid` for what does not fit its list or purpose.
 */
export async function submitInspection(ctx: ServiceContext, document: InspectionDocument): Promise<InspectionReceipt> {
  const { inspectionId } = document
  const json = toInspectionJson(document)
  const hash = hashText(json)
  const look = () => withSnapshot(ctx, localDateOf(ctx.clock()), (db) => findReceipt(db, inspectionId, hash))
  const before = await look()
  if (before !== null) return before
  const what = { action: 'inspection.submit', object: `inspection/${inspectionId}` }
  try {
    await withChange(ctx, what, async (trx, note) => {
      const office = officeOf(ctx)
      const judged = await judge(asReadonly(trx), office, document, ctx.clock())
      await keep({ trx, office, document, json, judged, note })
    })
  } catch (error) {
    if (!(error instanceof AlreadyThere)) throw error
  }
  const receipt = await look()
  // Of an office that does not say so here.
  if (receipt === null) throw new ServiceError('conflict', 'inspection_id_taken')
  return receipt
}
