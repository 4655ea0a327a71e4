import type { AssessmentPage } from '@zhidu/contract'
import {
  countInspections,
  countLeads,
  countMisreportCases,
  listCaseOutcomes,
  listImportFiles,
  type ReadonlyDb,
} from '@zhidu/db'
import { isOpenLead, localDateOf, type Quarter, quarterRange } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { listHiddenFirsts } from '../inspection/blind.ts'
import { wholeOf } from '../lead/list-leads.ts'
import { rankQuarter } from '../league/load-group.ts'
import { loadRoster } from '../league/load-roster.ts'

/** Newest first; older files than these are taken as mended. */
const MOST_FILES = 2_000

/**
 * Facts that contradict themselves are refused on import and never stored, so what is left of data faults are the refused rows: of the
 * newest file of each name that came since `from`, as a file mended and brought again has the same name.
 */
async function countRefusedRows(db: ReadonlyDb, from: number): Promise<number> {
  const seen = new Set<string>()
  let rows = 0
  for (const { fileName, importedAt, kind, rejectedCount } of await listImportFiles(db, MOST_FILES)) {
    const key = `${kind}/${fileName}`
    if (importedAt < from || seen.has(key)) continue
    seen.add(key)
    rows += rejectedCount
  }
  return rows
}

/** Checks that are received while their files are not there whole. */
async function countAwaited(db: ReadonlyDb, ctx: ServiceContext, range: { from: number; to: number }): Promise<number> {
  const whole = { range, unitCode: null, method: null, purpose: null, finding: null }
  const counts = await countInspections(db, { ...whole, hidden: await listHiddenFirsts(db, ctx) })
  return counts.reduce((sum, { count, hasFilesMissing }) => (hasFilesMissing ? sum + count : sum), 0)
}

/** Leads of the office that were seen before the quarter was over and have no outcome. */
async function countUndecidedLeads(db: ReadonlyDb, { actor }: ServiceContext, to: number): Promise<number> {
  if (actor.kind !== 'account' || actor.unitCode === null) return 0
  const counts = await countLeads(db, { ...wholeOf(actor.unitCode), seenBefore: to })
  return counts.reduce((sum, { count, state }) => (isOpenLead(state) ? sum + count : sum), 0)
}

/** What of the quarter is not settled, in reach of who asks. */
export async function listGaps(
  db: ReadonlyDb,
  ctx: ServiceContext,
  { openAppeals, quarter }: { readonly quarter: Quarter; readonly openAppeals: number },
): Promise<AssessmentPage['gaps']> {
  const { from, to } = quarterRange(quarter)
  const cases = await listCaseOutcomes(db, { from, to })
  const open = { unitCode: null, kind: null, eventCode: null, isOver: false, waitsFor: null } as const
  const misreports = await countMisreportCases(db, { ...open, today: localDateOf(ctx.clock()), superiorBefore: to })
  const ranked = await rankQuarter(db, await loadRoster(db), quarter, ctx.clock())
  const silent = [...ranked.byUnit.values()].filter((member) => !member.ranked.summary.isMeasured)
  return [
    { key: 'findings', count: cases.filter((one) => !one.isConfirmed && !one.isDismissed).length },
    { key: 'misreports', count: misreports.reduce((sum, { count }) => sum + count, 0) },
    { key: 'leads', count: await countUndecidedLeads(db, ctx, to) },
    { key: 'appeals', count: openAppeals },
    { key: 'files', count: await countAwaited(db, ctx, { from, to }) },
    { key: 'refused', count: await countRefusedRows(db, from) },
    { key: 'units', count: silent.length },
  ]
}
