import { addDays, type PlainDate } from '../calendar/plain-date.ts'

/** 回头看: the unit is checked again between these calendar days after closing, on a day of which nobody knows. */
export const RECHECK_DAYS = { first: 14, last: 45 } as const
/** How long the inspectors have for it from that day on, calendar days. */
export const RECHECK_WITHIN_DAYS = 7

/** `pick`: a whole number from 0 to `last - first`, by chance. Throws RangeError for another. */
export function recheckDay(closedOn: PlainDate, pick: number): PlainDate {
  if (!Number.isInteger(pick) || pick < 0 || pick > RECHECK_DAYS.last - RECHECK_DAYS.first) {
    throw new RangeError(`no day of a recheck: ${pick}`)
  }
  return addDays(closedOn, RECHECK_DAYS.first + pick)
}

/** The same finding of the same unit again within so many calendar days after closing is a recurrence. */
export const RECURRENCE_DAYS = 180
/** In milliseconds: found at, at the latest. */
export const RECURRENCE_MS = RECURRENCE_DAYS * 24 * 3_600_000

/** How one case went, for the shares. Times: epoch ms. */
export interface CaseOutcome {
  readonly isConfirmed: boolean
  readonly isDismissed: boolean
  /** Null = not closed. */
  readonly closedAt: number | null
  /** When the same was found again at that unit after closing, within the days; null = it was not. */
  readonly recurredAt: number | null
}

/** Two shares of the same cases: closed of confirmed, recurred of closed. */
export interface Closure {
  readonly found: number
  readonly dismissed: number
  /** Decided against the unit. */
  readonly confirmed: number
  readonly closed: number
  readonly recurred: number
  /** Closed, not recurred, and the days are not over: they may still. */
  readonly watched: number
}

/** Card: docs/indicators/closure.md */
export function tabulateClosure(cases: readonly CaseOutcome[], asOf: number): Closure {
  const count = (is: (one: CaseOutcome) => boolean) => cases.filter(is).length
  const isWatched = ({ closedAt, recurredAt }: CaseOutcome) =>
    closedAt !== null && recurredAt === null && asOf < closedAt + RECURRENCE_MS
  return {
    found: cases.length,
    dismissed: count(({ isDismissed }) => isDismissed),
    confirmed: count(({ isConfirmed }) => isConfirmed),
    closed: count(({ closedAt }) => closedAt !== null),
    recurred: count(({ recurredAt }) => recurredAt !== null),
    watched: count(isWatched),
  }
}
