import type { MisreportFact } from '@zhidu/domain'
import type { ReadonlyDb } from '../db.ts'
import { askTogether } from '../transaction/ask-together.ts'
import type { CaseKey, ReportRow } from './list-case-reports.ts'
import { type CaseNotices, noticesOfCasesQuery, toCaseNotices } from './list-notices-of-cases.ts'
import { reportsOfCasesQuery } from './list-reports-of-cases.ts'
import { misreportsOfCasesQuery } from './misreports-of-cases.ts'

/** What some events are judged by. */
export interface CaseFacts {
  /** All current ones, by unit, event, stage and sequence. */
  readonly reports: readonly ReportRow[]
  readonly notices: CaseNotices
  /** About these events, whenever confirmed; by unit and date. */
  readonly misreports: readonly MisreportFact[]
}

/** The facts of the named events of the named units; at most some thousand keys. */
export async function loadCaseFacts(db: ReadonlyDb, keys: readonly CaseKey[]): Promise<CaseFacts> {
  if (keys.length === 0) return { reports: [], notices: toCaseNotices([]), misreports: [] }
  const [reports, notices, misreports] = await askTogether(db, [
    reportsOfCasesQuery(db, keys),
    noticesOfCasesQuery(db, keys),
    misreportsOfCasesQuery(db, keys),
  ])
  return { reports, notices: toCaseNotices(notices), misreports }
}
