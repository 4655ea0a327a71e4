import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhidu/domain'

export interface DueSpan {
  readonly isOverdue: boolean
  readonly unit: 'minute' | 'hour' | 'day'
  /** Whole units, cut; at least 1 when overdue, so that 逾期 is never 逾期 0. */
  readonly count: number
}

/** From this on, time is counted in days. */
const DAYS_FROM = 2 * DAY_MS

/** How long until, or since, a deadline. On time up to and including it (contract §5). Both epoch ms. */
export function computeDueSpan(dueAt: number, asOf: number): DueSpan {
  const isOverdue = asOf > dueAt
  const span = Math.abs(asOf - dueAt)
  const floor = (unit: number): number => Math.max(isOverdue ? 1 : 0, Math.floor(span / unit))
  if (span >= DAYS_FROM) return { isOverdue, unit: 'day', count: floor(DAY_MS) }
  if (span >= HOUR_MS) return { isOverdue, unit: 'hour', count: floor(HOUR_MS) }
  return { isOverdue, unit: 'minute', count: floor(MINUTE_MS) }
}
