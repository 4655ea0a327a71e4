import type { CopyValue, Db } from '@zhidu/db'
import { toInstantText } from '@zhidu/db'
import { type ReportFact, toElementMask } from '@zhidu/domain'
import type { DrawAuthor } from '@zhidu/db'
import { recordFacts } from '../recorded-fact/record-facts.ts'

/** Marks of `file_name` on versions of reports that came by this page and from the telephone record of an office. */
export const BY_PAGE = 'report/'
export const BY_PHONE = 'phone-record/'

/** In the order of the kind's columns. */
function toRow(report: ReportFact): CopyValue[] {
  const instantText = (at: number | null): string | null => (at === null ? null : toInstantText(at))
  return [
    report.eventCode,
    report.unitCode,
    report.stage,
    report.sequence,
    report.category,
    report.level,
    instantText(report.occurredAt),
    instantText(report.learnedAt),
    instantText(report.phonedAt),
    instantText(report.writtenAt),
    toElementMask(report.elements),
  ]
}

/** Puts a report on record by the door of imports; gives the frozen quarters it comes too late for. */
export function putReport(
  trx: Db,
  report: ReportFact,
  {
    author,
    code,
    sha256,
    unitCode,
  }: {
    readonly author: DrawAuthor
    readonly code: string
    readonly sha256: string
    readonly unitCode: string
  },
): Promise<readonly string[]> {
  return recordFacts(
    trx,
    { kind: 'reports', code, rows: [toRow(report)], isNew: false, refusedAs: 'report_refused' },
    { name: author.name, unitCode, at: author.at, sha256 },
  )
}
