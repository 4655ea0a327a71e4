import { type Interval, wilsonInterval } from '@zhidu/statistics'
import { HOUR_MS, SECOND_MS } from '../calendar/local-time.ts'
import type { Ratio } from '../ratio/ratio.ts'
import { type LogItem, logOverAt, writtenAtOf } from './judge-log.ts'

/** How a unit's log of a quarter was closed. */
export interface LogClosure {
  readonly entryCount: number
  readonly closedCount: number
  readonly openCount: number
  /** When the oldest that is open was written, epoch ms; null = none is. */
  readonly oldestOpenAt: number | null
  /** Time that what is closed was open, all openings together, seconds; null = nothing is closed. */
  readonly medianSeconds: number | null
  readonly slowestTenthSeconds: number | null
  /**
   * Closed within the limit, of what was closed or is over it; what still runs is in neither. null = the rules set no limit.
   */
  readonly withinLimit: Ratio | null
  /** Of that share, 95 %, Wilson; null = nothing is decided, or no limit is set. */
  readonly interval: Interval | null
}

const LEVEL = 0.95

/** The smallest value that so large a share of the sorted values does not exceed; null = there is none. */
function quantileOf(sorted: readonly number[], share: number): number | null {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? null
}

function openSecondsOf({ openings }: LogItem, asOf: number): { seconds: number; isClosed: boolean } {
  let ms = 0
  let isClosed = false
  for (const { closedAt, openedAt } of openings) {
    if (openedAt > asOf) break
    isClosed = closedAt !== null && closedAt <= asOf
    if (isClosed) ms += (closedAt as number) - openedAt
  }
  return { seconds: ms / SECOND_MS, isClosed }
}

/**
 * Of one unit's items of a quarter, or of many units' together. `closeWithinHours` null = the rules set no limit; `asOf`: epoch ms, what
 * was written later is not known yet. Card: docs/indicators/log-closure.md
 */
export function tabulateLogClosure(
  items: readonly LogItem[],
  { asOf, closeWithinHours }: { readonly asOf: number; readonly closeWithinHours: number | null },
): LogClosure {
  const known = items
    .filter((item) => writtenAtOf(item) <= asOf)
    .map((item) => ({ item, ...openSecondsOf(item, asOf) }))
  const closed = known.filter(({ isClosed }) => isClosed)
  const open = known.filter(({ isClosed }) => !isClosed)
  const times = closed.map(({ seconds }) => seconds).sort((a, b) => a - b)
  const isOver = ({ item }: { readonly item: LogItem }): boolean => {
    const overAt = logOverAt(item, closeWithinHours ?? 0)
    return overAt !== null && overAt <= asOf
  }
  const decided = known.filter((one) => one.isClosed || isOver(one))
  const withinLimit =
    closeWithinHours === null ? null : { part: decided.filter((one) => !isOver(one)).length, whole: decided.length }
  return {
    entryCount: known.length,
    closedCount: closed.length,
    openCount: open.length,
    oldestOpenAt: open.length === 0 ? null : Math.min(...open.map(({ item }) => writtenAtOf(item))),
    medianSeconds: quantileOf(times, 0.5),
    slowestTenthSeconds: quantileOf(times, 0.9),
    withinLimit,
    interval: withinLimit === null || withinLimit.whole === 0 ? null : wilsonInterval(withinLimit, LEVEL),
  }
}

/** Whole hours an entry has been open, from when it was written. */
export function openHoursOf(writtenAt: number, now: number): number {
  return Math.floor(Math.max(now - writtenAt, 0) / HOUR_MS)
}
