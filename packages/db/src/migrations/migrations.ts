import type { Kysely } from 'kysely'
import * as factsAndRollups from './2026-11-23-0001-facts-and-rollups.ts'
import * as accountsAndScope from './2026-11-24-0001-accounts-and-scope.ts'
import * as listsByUnit from './2026-11-28-0001-lists-by-unit.ts'
import * as regulationsAndNotices from './2026-11-28-0002-regulations-and-notices.ts'
import * as frozenQuarters from './2026-11-28-0003-frozen-quarters.ts'
import * as whoDraftedRules from './2026-11-28-0004-who-drafted-rules.ts'
import * as obligations from './2026-11-28-0005-obligations.ts'
import * as unitSuccession from './2026-11-28-0006-unit-succession.ts'
import * as tallies from './2026-11-28-0007-tallies.ts'
import * as frozenInScope from './2026-11-28-0008-frozen-in-scope.ts'
import * as draws from './2026-11-28-0009-draws.ts'
import * as inspections from './2026-11-29-0010-inspections.ts'
import * as dutyLinesAndRosters from './2026-11-29-0011-duty-lines-and-rosters.ts'
import * as bulletins from './2026-11-29-0012-bulletins.ts'
import * as cases from './2026-11-29-0013-cases.ts'
import * as assessment from './2026-11-29-0014-assessment.ts'
import * as misreportCases from './2026-11-29-0015-misreport-cases.ts'
import * as commendations from './2026-11-29-0016-commendations.ts'
import * as meetings from './2026-11-29-0017-meetings.ts'
import * as meetingFiles from './2026-11-29-0018-meeting-files.ts'
import * as leads from './2026-11-29-0019-leads.ts'
import * as filings from './2026-11-29-0020-filings.ts'
import * as dutyRooms from './2026-11-29-0021-duty-rooms.ts'
import * as dutyLog from './2026-11-29-0022-duty-log.ts'
import * as reportContents from './2026-11-29-0023-report-contents.ts'

export interface SchemaStep {
  up(db: Kysely<unknown>): Promise<void>
  down(db: Kysely<unknown>): Promise<void>
}

/** All migrations by name; the order of names is their order. */
export const MIGRATIONS: Readonly<Record<string, SchemaStep>> = {
  '2026-11-23-0001-facts-and-rollups': factsAndRollups,
  '2026-11-24-0001-accounts-and-scope': accountsAndScope,
  '2026-11-28-0001-lists-by-unit': listsByUnit,
  '2026-11-28-0002-regulations-and-notices': regulationsAndNotices,
  '2026-11-28-0003-frozen-quarters': frozenQuarters,
  '2026-11-28-0004-who-drafted-rules': whoDraftedRules,
  '2026-11-28-0005-obligations': obligations,
  '2026-11-28-0006-unit-succession': unitSuccession,
  '2026-11-28-0007-tallies': tallies,
  '2026-11-28-0008-frozen-in-scope': frozenInScope,
  '2026-11-28-0009-draws': draws,
  '2026-11-29-0010-inspections': inspections,
  '2026-11-29-0011-duty-lines-and-rosters': dutyLinesAndRosters,
  '2026-11-29-0012-bulletins': bulletins,
  '2026-11-29-0013-cases': cases,
  '2026-11-29-0014-assessment': assessment,
  '2026-11-29-0015-misreport-cases': misreportCases,
  '2026-11-29-0016-commendations': commendations,
  '2026-11-29-0017-meetings': meetings,
  '2026-11-29-0018-meeting-files': meetingFiles,
  '2026-11-29-0019-leads': leads,
  '2026-11-29-0020-filings': filings,
  '2026-11-29-0021-duty-rooms': dutyRooms,
  '2026-11-29-0022-duty-log': dutyLog,
  '2026-11-29-0023-report-contents': reportContents,
}
