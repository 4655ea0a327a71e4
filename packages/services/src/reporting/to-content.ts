import {
  type PhoneRecord,
  type ReportAct,
  type ReportContent,
  type ReportDocument,
  type ReportReceipt,
  SealedReport,
} from '@zhidu/contract'
import type { PhoneRecordRow, ReportActRow, ReportContentRow } from '@zhidu/db'
import { listElementsGiven, maskNumbers, maskPhone, type Quarter, toLocalIso, toQuarter } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'

export interface ContentReader {
  /** Own unit; null = the machine. */
  readonly own: string | null
  readonly nameOf: (unitCode: string) => string
}

export function toReportDocument({ document }: Pick<ReportContentRow, 'document'>): ReportDocument {
  return SealedReport.parse(JSON.parse(document)).report
}

/** The same with the numbers of telephones and papers masked. */
function maskDocument(document: ReportDocument): ReportDocument {
  return {
    ...document,
    place: maskNumbers(document.place),
    clockSource: maskNumbers(document.clockSource),
    contact: maskNumbers(document.contact),
    texts: Object.fromEntries(Object.entries(document.texts).map(([element, text]) => [element, maskNumbers(text)])),
  }
}

export function toReceipt(row: ReportContentRow, { nameOf }: Pick<ContentReader, 'nameOf'>): ReportReceipt {
  const { writtenAt } = SealedReport.parse(JSON.parse(row.document))
  return {
    receiptCode: row.receiptCode,
    eventCode: row.eventCode,
    unitCode: row.unitCode,
    unitName: nameOf(row.unitCode),
    stage: row.stage,
    sequence: row.sequence,
    version: row.version,
    receivedAt: toLocalIso(row.receivedAt),
    writtenAt,
    sha256: row.sha256,
    contentId: row.contentId,
    signer: row.signer,
    year: row.year,
    number: row.number,
    by: row.byName,
    frozenQuarters: row.frozenQuarters.map((quarter): Quarter => toQuarter(quarter)),
  }
}

function toAct({ at, byName, kind, note, officeName }: ReportActRow): ReportAct {
  return { kind, at: toLocalIso(at), officeName, by: byName, note }
}

export function actsOf(acts: readonly ReportActRow[], contentId: string): ReportAct[] {
  return acts.filter((act) => act.contentId === contentId).map(toAct)
}

export function toContent(row: ReportContentRow, acts: readonly ReportActRow[], reader: ContentReader): ReportContent {
  const whole = toReportDocument(row)
  return {
    receipt: toReceipt(row, reader),
    document: reader.own === row.unitCode ? whole : maskDocument(whole),
    areaName: row.areaCode === null ? null : reader.nameOf(row.areaCode),
    reason: row.reason,
    elements: listElementsGiven(whole),
    acts: actsOf(acts, row.contentId),
  }
}

export function toPhoneRecord(row: PhoneRecordRow): PhoneRecord {
  return {
    recordId: row.recordId,
    officeName: row.officeName,
    beganAt: toLocalIso(row.beganAt),
    recordedAt: toLocalIso(row.recordedAt),
    earlierReason: row.earlierReason,
    callerName: row.callerName,
    callerPost: row.callerPost,
    callerPhone: row.callerPhone === null ? null : maskPhone(row.callerPhone),
    category: row.category,
    level: row.level,
    occurredAt: toLocalIso(row.occurredAt),
    learnedAt: toLocalIso(row.learnedAt),
    place: maskNumbers(row.place),
    course: maskNumbers(row.course),
    toldTo: row.toldTo === null ? null : maskNumbers(row.toldTo),
    handling: row.handling === null ? null : maskNumbers(row.handling),
    by: row.byName,
  }
}

export function ownOf({ actor }: ServiceContext): string | null {
  return actor.kind === 'account' ? actor.unitCode : null
}
