import {
  type Db,
  listPhoneRecords,
  listReportActs,
  listReportContents,
  loadCaseFacts,
  type PhoneRecordRow,
  type ReadonlyDb,
  type ReportActRow,
  type ReportContentRow,
} from '@zhidu/db'
import {
  type Category,
  CATEGORIES,
  eventRulesOf,
  type FilingRules,
  findDeadline,
  localDateOf,
  LEVELS,
  type Level,
  type PreReportFact,
  quarterOf,
  type Regulation,
  type ReportFact,
  type Tier,
  type UnitPeriod,
  unitPeriodOn,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { toReportFact } from '../league/to-report-fact.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'

/** What is on record of an event in one unit. */
export interface EventFiling {
  readonly reports: readonly ReportFact[]
  /** Newest first. */
  readonly contents: readonly ReportContentRow[]
  readonly calls: readonly PhoneRecordRow[]
  readonly acts: readonly ReportActRow[]
  readonly preReport: PreReportFact | null
}

export const NO_FILING: EventFiling = { reports: [], contents: [], calls: [], acts: [], preReport: null }

export async function loadEventFiling(
  db: ReadonlyDb,
  { eventCode, unitCode }: { readonly eventCode: string; readonly unitCode: string },
): Promise<EventFiling> {
  const { notices, reports } = await loadCaseFacts(db, [{ eventCode, unitCode }])
  const contents = await listReportContents(db, { unitCodes: [unitCode], eventCode })
  const acts = await listReportActs(
    db,
    contents.map(({ contentId }) => contentId),
  )
  const calls = await listPhoneRecords(db, { unitCode, eventCodes: [eventCode] })
  return { reports: reports.map(toReportFact), contents, calls, acts, preReport: notices.preReports[0] ?? null }
}

/** The unit as it is today. Throws ServiceError `conflict` for one that is closed. */
export async function loadOpenUnit(db: ReadonlyDb, ctx: ServiceContext, unitCode: string): Promise<UnitPeriod> {
  const { periodsOf } = await loadRoster(db)
  const period = unitPeriodOn(periodsOf.get(unitCode) ?? [], localDateOf(ctx.clock()))
  if (period === null) throw new ServiceError('conflict', 'report_unit_closed')
  return period
}

/** The rules for events of a class and level, or null where the regulation says nothing of them. */
export function findFilingRules(
  regulation: Regulation,
  { category, level, tier }: { readonly category: Category; readonly level: Level; readonly tier: Tier },
): FilingRules | null {
  const limit = findDeadline(regulation, { stage: 'first', channel: 'written' }, level, category, tier)
  return limit === undefined ? null : eventRulesOf(regulation, level, category, tier)
}

export function listFilingRules(regulation: Regulation, tier: Tier) {
  return Object.fromEntries(
    CATEGORIES.map((category) => [
      category,
      Object.fromEntries(
        LEVELS.flatMap((level) => {
          const rules = findFilingRules(regulation, { category, level, tier })
          return rules === null ? [] : [[level, rules] as const]
        }),
      ) as Partial<Record<Level, FilingRules>>,
    ]),
  ) as Record<Category, Partial<Record<Level, FilingRules>>>
}

/** The rules of the quarter an event that is learned of at `at` belongs to. */
export async function loadRegulationAt(db: ReadonlyDb | Db, at: number): Promise<Regulation> {
  return (await loadRules(db as ReadonlyDb, quarterOf(at))).regulation
}
