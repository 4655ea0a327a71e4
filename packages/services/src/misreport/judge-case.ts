import { type ReadonlyDb, loadCaseFacts, type ReportRow } from '@zhidu/db'
import {
  type CorrectionVerdict,
  type FiguresOfCase,
  judgeCorrection,
  judgeTolerance,
  type MisreportKind,
  mayCount,
  quarterOf,
  type Regulation,
  type ToleranceVerdict,
} from '@zhidu/domain'
import { loadRules } from '../rules/load-rules.ts'
import type { LoadedMisreport } from './load-misreport.ts'

/** What the rules make of a case, read as one kind. */
export interface JudgedMisreport {
  readonly tolerance: ToleranceVerdict | null
  readonly correction: CorrectionVerdict | null
  /** What may count of the points; null = all of them alone. */
  readonly mayCount: number | null
}

/** The unit's reports of the event, first to last. */
export async function listReportsOf(db: ReadonlyDb, { row }: LoadedMisreport): Promise<readonly ReportRow[]> {
  const { eventCode, unitCode } = row
  return eventCode === null ? [] : (await loadCaseFacts(db, [{ eventCode, unitCode }])).reports
}

/** Rules of the day a case was decided, of now while it is not. */
export async function loadRegulationOf(
  db: ReadonlyDb,
  { standing, steps }: LoadedMisreport,
  now: number,
): Promise<Regulation> {
  const decided = standing.as === null ? undefined : steps.findLast(({ kind }) => kind === 'confirmed')
  return (await loadRules(db, quarterOf(decided?.at ?? now))).regulation
}

function reportedAt({ phonedAt, writtenAt }: ReportRow): number | null {
  const times = [phonedAt, writtenAt].filter((at) => at !== null)
  return times.length === 0 ? null : Math.min(...times)
}

const UNSAID = { deaths: null, missing: null, injuries: null }

/** Without figures of its own, the reports say at least when something was reported at all. */
function statementsOf({ figures }: LoadedMisreport, reports: readonly ReportRow[]): FiguresOfCase['statements'] {
  if (figures !== null && figures.statements.length > 0) {
    return figures.statements.map(({ at, ...said }) => ({ ...said, at: Date.parse(at) }))
  }
  return reports.map(reportedAt).flatMap((at) => (at === null ? [] : [{ ...UNSAID, at }]))
}

export function judgeMisreport(
  loaded: LoadedMisreport,
  kind: MisreportKind,
  { regulation, reports }: { readonly regulation: Regulation; readonly reports: readonly ReportRow[] },
): JudgedMisreport {
  const figures: FiguresOfCase = {
    kind,
    statements: statementsOf(loaded, reports),
    found: loaded.figures?.found ?? null,
    superiorAt: loaded.row.superiorAt,
    unitAt: reports.length === 0 ? null : Math.min(...reports.map(({ learnedAt }) => learnedAt)),
  }
  const correction = judgeCorrection(figures, regulation)
  return { tolerance: judgeTolerance(figures, regulation), correction, mayCount: mayCount(correction) }
}
