import type { Category, Level, Stage } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { REPORT_COLUMNS } from './report-columns.ts'
import { inScope } from '../transaction/scope.ts'

export interface ReportRow {
  readonly eventCode: string
  readonly unitCode: string
  readonly stage: Stage
  readonly sequence: number
  readonly category: Category
  readonly level: Level
  readonly occurredAt: number
  readonly learnedAt: number
  readonly phonedAt: number | null
  readonly writtenAt: number | null
  /** Bit i = ELEMENTS[i] of `@zhidu/domain`. */
  readonly elements: number
}

/** Epoch ms, half-open. */
export interface InstantRange {
  readonly from: number
  readonly to: number
}

export interface CaseKey {
  readonly unitCode: string
  readonly eventCode: string
}

interface CasePage {
  readonly unitCodes: readonly string[]
  readonly range: InstantRange
  /** The last event of the page before; null = the first page. */
  readonly after: CaseKey | null
  readonly limit: number
}

const CASES_PER_PAGE = 2_000

function caseKeysQuery(db: ReadonlyDb, { after, limit, range, unitCodes }: CasePage) {
  const query = db
    .selectFrom('event_case')
    .select(['unit_code', 'event_code'])
    .where('unit_code', 'in', unitCodes)
    .where((eb) =>
      eb.or([
        eb.and([eb('occurred_at', '>=', instant(range.from)), eb('occurred_at', '<', instant(range.to))]),
        eb.and([eb('learned_at', '>=', instant(range.from)), eb('learned_at', '<', instant(range.to))]),
      ]),
    )
    .$call(inScope(db, 'case-reports', 'unit_code'))
    .orderBy('unit_code')
    .orderBy('event_code')
    .limit(limit)
  if (after === null) return query
  return query.where((eb) => eb(eb.refTuple('unit_code', 'event_code'), '>', eb.tuple(after.unitCode, after.eventCode)))
}

/**
 * The reports of each event come by index, event by event: `offset 0` keeps the planner from reading the whole table
 * once a page instead.
 */
export function caseReportsQuery(db: ReadonlyDb, page: CasePage) {
  return db
    .selectFrom(caseKeysQuery(db, page).as('page'))
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('report')
          .selectAll('report')
          .whereRef('report.event_code', '=', 'page.event_code')
          .whereRef('report.unit_code', '=', 'page.unit_code')
          .where('report.replaced_at', 'is', null)
          .offset(sql.lit(0))
          .as('report'),
      (join) => join.onTrue(),
    )
    .select(REPORT_COLUMNS)
    .orderBy('report.unit_code')
    .orderBy('report.event_code')
    .orderBy('report.stage')
    .orderBy('report.sequence')
}

/**
 * All current reports of the events of some units whose judged row occurred or was learned in the range, a page of whole
 * events at a time, ordered by unit and event code. No page is empty.
 */
export async function* listCaseReports(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly range: InstantRange },
): AsyncGenerator<ReportRow[]> {
  if (args.unitCodes.length === 0) return
  let after: CaseKey | null = null
  for (;;) {
    const rows: ReportRow[] = await caseReportsQuery(db, { ...args, after, limit: CASES_PER_PAGE }).execute()
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    if (countCases(rows) < CASES_PER_PAGE) return
    after = { unitCode: last.unitCode, eventCode: last.eventCode }
  }
}

/** Rows come ordered, so an event ends where the next row bears another key. */
function countCases(rows: readonly ReportRow[]): number {
  return rows.filter((row, index) => {
    const next = rows[index + 1]
    return next === undefined || next.eventCode !== row.eventCode || next.unitCode !== row.unitCode
  }).length
}
