import type { ReportFact, Stage } from '../facts/facts.ts'

const STAGE_ORDER: Readonly<Record<Stage, number>> = { first: 0, follow_up: 1, final: 2 }

/**
 * The row whose level, `occurredAt` and `learnedAt` an event of a unit is judged by: its first report; without one
 * the earliest by `learnedAt`, at equal times follow-ups by lowest sequence, then the final.
 * `reports`: all rows of one event of one unit, whatever the moment asked about; at least one, else RangeError.
 * Source: contract §5, which rows are judged; card: docs/indicators/timeliness.md
 */
export function selectJudgedRow(reports: readonly ReportFact[]): ReportFact {
  let judged = reports[0]
  if (judged === undefined) throw new RangeError('an event without reports')
  for (const report of reports) if (comesBefore(report, judged)) judged = report
  return judged
}

function comesBefore(a: ReportFact, b: ReportFact): boolean {
  if (a.stage === 'first' || b.stage === 'first') return STAGE_ORDER[a.stage] < STAGE_ORDER[b.stage]
  if (a.learnedAt !== b.learnedAt) return a.learnedAt < b.learnedAt
  if (a.stage !== b.stage) return STAGE_ORDER[a.stage] < STAGE_ORDER[b.stage]
  return a.sequence < b.sequence
}

/** The event's first report, written or not; undefined when the unit sent none. */
export function findFirstReport(reports: readonly ReportFact[]): ReportFact | undefined {
  return reports.find((report) => report.stage === 'first')
}
