import type { DeskInput, ReportDesk } from '@zhidu/contract'
import { listFrozenQuarters, listReportDrafts, type ReadonlyDb } from '@zhidu/db'
import { listNextReports, localDateOf, maskNumbers, type ReportFact, toLocalIso, unitPeriodOn } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { loadRoster } from '../league/load-roster.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { toReportDraft } from './drafts.ts'
import { listFilingRules, loadEventFiling, loadOpenUnit, loadRegulationAt, NO_FILING } from './load-filing.ts'
import { toContent, toPhoneRecord } from './to-content.ts'

export function toDeskReport(report: ReportFact): ReportDesk['reports'][number] {
  const isoOrNull = (at: number | null): string | null => (at === null ? null : toLocalIso(at))
  const { category, elements, learnedAt, level, occurredAt, phonedAt, sequence, stage, writtenAt } = report
  return {
    stage,
    sequence,
    level,
    category,
    occurredAt: toLocalIso(occurredAt),
    learnedAt: toLocalIso(learnedAt),
    phonedAt: isoOrNull(phonedAt),
    writtenAt: isoOrNull(writtenAt),
    elements: [...elements],
  }
}

/** The unit and those below it that are open today, in official order. */
async function listAreas(db: ReadonlyDb, ctx: ServiceContext): Promise<ReportDesk['areas']> {
  const { periodsOf } = await loadRoster(db)
  const today = localDateOf(ctx.clock())
  return [...periodsOf].flatMap(([unitCode, periods]) => {
    const period = unitPeriodOn(periods, today)
    return period === null ? [] : [{ unitCode, name: period.name }]
  })
}

/** Everything the page of a report is drawn from. Throws ServiceError `not_found` for an event that is not the unit's. */
export function getReportDesk(ctx: ServiceContext, { draftKey, eventCode }: DeskInput): Promise<ReportDesk> {
  const now = ctx.clock()
  return withSnapshot(ctx, localDateOf(now), async (db) => {
    const { author, unitCode } = officeOf(ctx)
    const { name, tier } = await loadOpenUnit(db, ctx, unitCode)
    const filing = eventCode === null ? NO_FILING : await loadEventFiling(db, { eventCode, unitCode })
    if (eventCode !== null && filing.reports.length === 0) throw new ServiceError('not_found', 'report_event_unknown')
    const first = filing.reports.find(({ stage }) => stage === 'first')
    const regulation = await loadRegulationAt(db, first?.learnedAt ?? now)
    const reader = { own: unitCode, nameOf: await loadNames(db, ctx) }
    const key = draftKey ?? eventCode
    const [draft] = key === null ? [] : await listReportDrafts(db, { unitCode, draftKey: key })
    const { id, notice, preReport, title, version } = regulation
    return {
      unitCode,
      unitName: name,
      now: toLocalIso(now),
      regulation: { id, version, title, notice },
      preReportSeconds: preReport?.extendsSeconds ?? null,
      rules: listFilingRules(regulation, tier),
      areas: await listAreas(db, ctx),
      frozenQuarters: [...new Set((await listFrozenQuarters(db)).map(({ quarter }) => quarter))],
      eventCode,
      reports: filing.reports.map(toDeskReport),
      contents: filing.contents.map((row) => toContent(row, filing.acts, reader)),
      calls: filing.calls.map(toPhoneRecord),
      preReport:
        filing.preReport === null
          ? null
          : { sentAt: toLocalIso(filing.preReport.sentAt), reason: maskNumbers(filing.preReport.reason) },
      next: listNextReports(filing.reports),
      draft: draft === undefined ? null : toReportDraft(draft, author.id),
      drafts: (await listReportDrafts(db, { unitCode })).map((one) => toReportDraft(one, author.id)),
    }
  })
}
