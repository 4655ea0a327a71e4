import type { RunningReports } from '@zhidu/contract'
import { listCases, listReportDrafts, loadCaseFacts } from '@zhidu/db'
import {
  DAY_MS,
  type FilingClock,
  listNextReports,
  localDateOf,
  selectJudgedRow,
  toLocalIso,
  viewFiling,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { toReportFact } from '../league/to-report-fact.ts'
import { withSnapshot } from '../snapshot.ts'
import { toReportDraft } from './drafts.ts'
import { findFilingRules, loadOpenUnit, loadRegulationAt } from './load-filing.ts'

/** Events older than this have an end, or are looked for in the list of events. */
const RUNNING_DAYS = 31
const MOST = 50

export function toClockView({
  at,
  dueAt,
  kind,
  missed,
  outcome,
}: FilingClock): RunningReports['items'][number]['clocks'][number] {
  return { kind, dueAt: toLocalIso(dueAt), outcome, at: at === null ? null : toLocalIso(at), missed }
}

/** Events of the own unit with something to come: a first report, a follow-up, elements that may be supplemented; newest first. */
export function listRunning(ctx: ServiceContext): Promise<RunningReports> {
  const now = ctx.clock()
  return withSnapshot(ctx, localDateOf(now), async (db) => {
    const { author, unitCode } = officeOf(ctx)
    const { tier } = await loadOpenUnit(db, ctx, unitCode)
    const range = { from: now - RUNNING_DAYS * DAY_MS, to: now + DAY_MS }
    const cases = await listCases(db, { unitCodes: [unitCode], range, level: null, codePart: null }, null, MOST)
    const { notices, reports } = await loadCaseFacts(db, cases)
    const items: RunningReports['items'] = []
    for (const { eventCode } of cases) {
      const own = reports.filter((one) => one.eventCode === eventCode).map(toReportFact)
      const { category, learnedAt, level, occurredAt } = selectJudgedRow(own)
      const regulation = await loadRegulationAt(db, learnedAt)
      const rules = findFilingRules(regulation, { category, level, tier })
      if (rules === null) continue
      const preReport = notices.preReports.find((one) => one.eventCode === eventCode) ?? null
      const rule = regulation.preReport
      const filing = { rules, occurredAt, learnedAt, reports: own, preReport, preReportRule: rule, asOf: now }
      const view = viewFiling(filing)
      const next = listNextReports(own)
      const isOwed = own.every(({ stage, writtenAt }) => stage !== 'first' || writtenAt === null)
      if (!isOwed && !view.clocks.some(({ outcome }) => outcome === 'not_yet_due')) continue
      items.push({
        eventCode,
        category,
        level,
        learnedAt: toLocalIso(learnedAt),
        next,
        clocks: view.clocks.map(toClockView),
        given: view.given.length,
        missing: [...view.missing],
      })
    }
    const drafts = await listReportDrafts(db, { unitCode })
    return { now: toLocalIso(now), items, drafts: drafts.map((draft) => toReportDraft(draft, author.id)) }
  })
}
