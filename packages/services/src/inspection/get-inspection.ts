import {
  ChecklistShape,
  InspectionDocument,
  type InspectionKey,
  type InspectionPage,
  type RosterPerson,
} from '@zhidu/contract'
import {
  findInspection,
  findRegulation,
  type InspectionContent,
  type InspectionProgress,
  type InspectionRow,
  listInspectionFiles,
  listInspectionFindings,
  listInspectionOrders,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  localDateOf,
  maskName,
  maskNumbers,
  maskPhone,
  phoneSettingsOf,
  quarterOf,
  type Regulation,
  toLocalIso,
  unitPeriodOn,
} from '@zhidu/domain'
import { mayReveal } from '../actor.ts'
import type { ServiceContext } from '../context.ts'
import { loadDraw } from '../draw/load-draw.ts'
import { loadNames } from '../draw/office.ts'
import { toFileReceipt } from '../evidence/receive-part.ts'
import { loadRoster } from '../league/load-roster.ts'
import { resolveAsOf } from '../rules/as-of.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { listHiddenFirsts } from './blind.ts'
import { inspectionDay } from './inspection-day.ts'
import { judgeDocument } from './judge-document.ts'
import { loadKnownDuty, loadLateRoster } from './kit-rosters.ts'
import { barrierTo } from './may-decide.ts'
import { toFindings, toItem } from './to-item.ts'

export type FoundInspection = InspectionRow & InspectionContent & InspectionProgress

/** Throws ServiceError `not_found` for a check that is not there, out of reach, or to be made again blind by who asks. */
export async function loadInspection(
  db: ReadonlyDb,
  ctx: ServiceContext,
  inspectionId: string,
): Promise<FoundInspection> {
  const row = await findInspection(db, inspectionId)
  if (row === undefined || (await listHiddenFirsts(db, ctx)).includes(inspectionId)) {
    throw new ServiceError('not_found', 'inspection_unknown')
  }
  return row
}

function maskPerson<T extends RosterPerson>(one: T): T {
  return { ...one, person: maskName(one.person), phone: one.phone === null ? null : maskPhone(one.phone) }
}

function masked(text: string | null): string | null {
  return text === null ? null : maskNumbers(text)
}

/** Names and numbers of people made out of reach of a passing look. */
function maskDocument(document: InspectionDocument): InspectionDocument {
  const { answers, attempts, inspectors, metPerson, note, readBack, reason, signals } = document
  return {
    ...document,
    inspectors: inspectors.map(maskName),
    reason: masked(reason),
    attempts: attempts.map((one) => ({ ...one, number: one.number === null ? null : maskPhone(one.number) })),
    signals: signals.map((one) => ({ ...one, note: masked(one.note) })),
    answers: answers.map((one) => ({ ...one, note: masked(one.note) })),
    readBack:
      readBack === null
        ? null
        : {
            ...readBack,
            text: maskNumbers(readBack.text),
            objection: masked(readBack.objection),
            person: readBack.person === null ? null : maskName(readBack.person),
          },
    metPerson: metPerson === null ? null : maskName(metPerson),
    note: masked(note),
  }
}

/** The rules by which a check was received. */
export async function loadRegulation(
  db: ReadonlyDb,
  row: Pick<InspectionRow, 'at' | 'regulationId' | 'regulationVersion'>,
): Promise<Regulation> {
  const found = await findRegulation(db, { id: row.regulationId, version: row.regulationVersion })
  return found?.document ?? (await loadRules(db, quarterOf(row.at))).regulation
}

async function loadDrawOf(db: ReadonlyDb, drawId: string | null): Promise<InspectionPage['draw']> {
  if (drawId === null) return null
  try {
    return { drawId, title: (await loadDraw(db, drawId)).document.title }
  } catch (error) {
    // A draw is its office's: the unit that was checked reads of it elsewhere.
    if (error instanceof ServiceError && error.code === 'not_found') return null
    throw error
  }
}

/** The other of a pair; null = there is none, or it is not for who asks. */
async function findPair(db: ReadonlyDb, { inspectionId, orderId }: FoundInspection): Promise<string | null> {
  const orders = await listInspectionOrders(db, orderId === null ? { firstId: inspectionId } : { orderId })
  const [order] = orders.filter(({ kind, secondId }) => secondId !== null && kind !== 'recheck')
  if (order === undefined) return null
  return order.firstId === inspectionId ? order.secondId : order.firstId
}

/** 证据页: one check with everything behind it. Throws ServiceError `not_found`. */
export async function getInspectionPage(ctx: ServiceContext, { inspectionId }: InspectionKey): Promise<InspectionPage> {
  const day = await inspectionDay(ctx, inspectionId)
  return await withSnapshot(ctx, day, async (db) => {
    const row = await loadInspection(db, ctx, inspectionId)
    const { at, unitCode } = row
    const roster = await loadRoster(db)
    const regulation = await loadRegulation(db, row)
    const document = InspectionDocument.parse(JSON.parse(row.document))
    const checklist = ChecklistShape.parse(JSON.parse(row.checklist))
    const duty = await loadKnownDuty(db, { unitCodes: [unitCode], from: at, to: at + 1, knownAt: at })
    const period = unitPeriodOn(roster.periodsOf.get(unitCode) ?? [], localDateOf(at))
    const judgement = judgeDocument({ document, checklist, regulation, period, duty, at })
    const findings = toFindings(row, await listInspectionFindings(db, [inspectionId]), { roster, regulation })
    const files = await listInspectionFiles(db, inspectionId)
    const nameOf = await loadNames(db, ctx)
    const { forwarding } = judgement
    return {
      item: { ...toItem(row, findings, roster), findings },
      asOf: toLocalIso(resolveAsOf(ctx, undefined)),
      regulation: {
        id: regulation.id,
        version: regulation.version,
        title: regulation.title,
        notice: regulation.notice,
      },
      officeName: nameOf(row.officeCode),
      document: maskDocument(document),
      checklist,
      contentHash: row.contentHash,
      phone: phoneSettingsOf(regulation),
      time: {
        uncertaintySeconds: Math.ceil(row.uncertaintyMs / 1_000),
        basis: row.clockBasis,
        deviceErrorSeconds: Math.round(row.deviceErrorMs / 1_000),
      },
      roster: duty.rosterOf(unitCode).map(maskPerson),
      lateRoster: (await loadLateRoster(db, { unitCode, at })).map(maskPerson),
      verdict: judgement.verdict,
      unproven: [...judgement.unproven],
      forwarding:
        document.signals.length === 0
          ? null
          : { ...forwarding, pointing: [...forwarding.pointing], against: [...forwarding.against] },
      files: files.map((file) => ({
        ...toFileReceipt(file),
        ...document.files.find(({ sha256 }) => sha256 === file.sha256),
      })) as InspectionPage['files'],
      draw: await loadDrawOf(db, row.drawId),
      pairedWith: await findPair(db, row),
      recordedBy: maskName(row.recordedBy),
      mayReveal: mayReveal(ctx.actor),
      decisionBarredBy: barrierTo(ctx, row),
    }
  })
}
