import type { ReportRow } from '@zhidu/db'
import { fromElementMask, type ReportFact } from '@zhidu/domain'

export function toReportFact(row: ReportRow): ReportFact {
  return { ...row, elements: fromElementMask(row.elements) }
}
