import type { ReportFact, Stage } from '../facts/facts.ts'

/** Which report of an event: 首报, 续报一 … , 终报. */
export interface ReportSlot {
  readonly stage: Stage
  /** 0 for first and final, 1, 2, … for follow-ups. */
  readonly sequence: number
}

/** A row of an event that holds only what somebody told by phone is no report yet. */
type Written = ReportSlot & Pick<ReportFact, 'writtenAt'>

export const ORDER_REFUSALS = ['first_missing', 'first_taken', 'final_taken'] as const
export type OrderRefusal = (typeof ORDER_REFUSALS)[number]

function writtenOf(reports: readonly Written[], stage: Stage): readonly Written[] {
  return reports.filter((report) => report.stage === stage && report.writtenAt !== null)
}

/** The reports that may come next, in order: the first alone, then follow-ups and the final one, after it nothing. */
export function listNextReports(reports: readonly Written[]): ReportSlot[] {
  if (writtenOf(reports, 'first').length === 0) return [{ stage: 'first', sequence: 0 }]
  if (writtenOf(reports, 'final').length > 0) return []
  // Numbers that are on record without a time are taken, too.
  const last = reports.reduce(
    (most, { sequence, stage }) => (stage === 'follow_up' ? Math.max(most, sequence) : most),
    0,
  )
  return [
    { stage: 'follow_up', sequence: last + 1 },
    { stage: 'final', sequence: 0 },
  ]
}

/** Why a report of this stage may not come now; null = it may, and `listNextReports` has its number. */
export function refusesStage(reports: readonly Written[], stage: Stage): OrderRefusal | null {
  if (listNextReports(reports).some((next) => next.stage === stage)) return null
  if (stage === 'first') return 'first_taken'
  return writtenOf(reports, 'first').length === 0 ? 'first_missing' : 'final_taken'
}

/** Code of an event that a unit reports itself: unit, local day, number of the day. `day`: YYYY-MM-DD. */
export function toEventCode(unitCode: string, day: string, number: number): string {
  return `${unitCode}-${day.replaceAll('-', '')}-${String(number).padStart(2, '0')}`
}
