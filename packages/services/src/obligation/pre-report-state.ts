import type { PreReportState } from '@zhidu/contract'
import type { EventJudgement, Regulation } from '@zhidu/domain'

/** What became of an event's pre-report; null = none is known. */
export function preReportStateOf(
  { preReport, written }: Pick<EventJudgement, 'preReport' | 'written'>,
  regulation: Pick<Regulation, 'preReport'>,
): PreReportState | null {
  if (preReport === null) return null
  if (regulation.preReport === null) return 'not_in_rules'
  return preReport.sentAt <= written.ruleDueAt ? 'granted' : 'after_limit'
}
