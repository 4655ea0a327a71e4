import type {
  AdoptionFact,
  AdoptionUse,
  PlainDate,
  PreReportFact,
  ReopenedObligation,
  ReopeningFact,
} from '@zhidu/domain'
import { sql } from 'kysely'
import { kept } from '../connection/kept.ts'
import type { ReadonlyDb } from '../db.ts'
import { andInScope } from '../transaction/scope.ts'
import type { CaseKey } from './list-case-reports.ts'

/** What is on record of some events besides their reports. */
export interface CaseNotices {
  readonly preReports: readonly PreReportFact[]
  readonly adoptions: readonly AdoptionFact[]
  readonly reopenings: readonly ReopeningFact[]
}

/** One row of any of the three; what its table lacks is null. */
export interface NoticeRow {
  readonly unitCode: string
  readonly ref: string
  readonly sentAt: number | null
  readonly reason: string | null
  readonly use: AdoptionUse | null
  readonly usedOn: PlainDate | null
  readonly obligation: ReopenedObligation | null
  readonly until: number | null
  readonly reopenedAt: number | null
  readonly reopenedBy: string | null
}

export function noticesOfCasesQuery(db: ReadonlyDb, keys: readonly CaseKey[]) {
  const eventCodes = keys.map((key) => key.eventCode)
  const unitCodes = [...new Set(keys.map((key) => key.unitCode))]
  const rows = sql<NoticeRow>`(
    select unit_code as "unitCode", event_code as ref, pre_reported_at as "sentAt", reason, null::text as use,
      null::date as "usedOn", null::text as obligation, null::timestamptz as until, null::timestamptz as "reopenedAt",
      null::text as "reopenedBy"
    from pre_report where event_code = any (${eventCodes}::text[]) and unit_code = any (${unitCodes}::text[])
      and replaced_at is null${andInScope(db, 'notices-pre-reports', 'unit_code')}
    union all
    select unit_code, event_code, null, null, use, used_on, null, null, null, null
    from adoption where event_code = any (${eventCodes}::text[]) and unit_code = any (${unitCodes}::text[])
      and replaced_at is null${andInScope(db, 'notices-adoptions', 'unit_code')}
    union all
    select unit_code, ref, null, reason, null, null, obligation, until, reopened_at, reopened_by
    from reopening where unit_code = any (${unitCodes}::text[]) and ref = any (${eventCodes}::text[])
      ${andInScope(db, 'notices-reopenings', 'unit_code')}
  )`
  return db
    .selectFrom(rows.as('notice'))
    .selectAll()
    .orderBy('unitCode')
    .orderBy('ref')
    .orderBy('reopenedAt')
    .$call(kept)
}

/** Each row to the list of its table. */
export function toCaseNotices(rows: readonly NoticeRow[]): CaseNotices {
  const preReports: PreReportFact[] = []
  const adoptions: AdoptionFact[] = []
  const reopenings: ReopeningFact[] = []
  for (const row of rows) {
    const { obligation, reason, ref, reopenedAt, reopenedBy, sentAt, unitCode, until, use, usedOn } = row
    if (sentAt !== null) preReports.push({ unitCode, eventCode: ref, sentAt, reason: reason ?? '' })
    if (use !== null && usedOn !== null) adoptions.push({ unitCode, eventCode: ref, use, usedOn })
    if (obligation !== null && until !== null && reopenedAt !== null) {
      reopenings.push({
        unitCode,
        obligation,
        ref,
        until,
        reopenedAt,
        reopenedBy: reopenedBy ?? '',
        reason: reason ?? '',
      })
    }
  }
  return { preReports, adoptions, reopenings }
}
