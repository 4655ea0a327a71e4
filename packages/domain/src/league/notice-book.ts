import { startOfLocalDay } from '../calendar/local-time.ts'
import type { AdoptionFact, PreReportFact, ReopeningFact } from '../facts/facts.ts'
import type { Regulation } from '../regulation/regulation.ts'
import { type EventNotices, NO_NOTICES } from '../timeliness/event-state.ts'
import type { StandingFacts } from './standing-facts.ts'
import { changesAt, type Steady } from './steady.ts'

/** What is on record of a unit's events besides their reports, by event. */
export interface NoticeBook {
  readonly preReports: ReadonlyMap<string, PreReportFact>
  readonly adoptions: ReadonlyMap<string, AdoptionFact>
  readonly reopenings: ReadonlyMap<string, readonly ReopeningFact[]>
}

const NONE: readonly ReopeningFact[] = []

export function toNoticeBook(facts: Pick<StandingFacts, 'preReports' | 'adoptions' | 'reopenings'>): NoticeBook {
  const byEvent = <T extends { readonly eventCode: string }>(rows: readonly T[]) =>
    new Map(rows.map((row) => [row.eventCode, row]))
  return {
    preReports: byEvent(facts.preReports),
    adoptions: byEvent(facts.adoptions),
    reopenings: Map.groupBy(facts.reopenings, ({ ref }) => ref),
  }
}

/** What an item of information scored as of an instant; null = it is none, or its use was not known then; 0 where uses score nothing. */
export function itemPointsAt(adoption: AdoptionFact | undefined, regulation: Regulation, asOf: number): number | null {
  if (adoption === undefined || startOfLocalDay(adoption.usedOn) > asOf) return null
  return regulation.items?.points[adoption.use] ?? 0
}

/** What is on record of one event, as known at `asOf`. */
export function noticesAt(book: NoticeBook, eventCode: string, regulation: Regulation, asOf: number): EventNotices {
  const preReport = book.preReports.get(eventCode) ?? null
  const reopenings = book.reopenings.get(eventCode) ?? NONE
  const itemPoints = itemPointsAt(book.adoptions.get(eventCode), regulation, asOf)
  if (preReport === null && itemPoints === null && reopenings.length === 0) return NO_NOTICES
  return { preReport, reopenings, itemPoints }
}

/** The instants at which what is on record of one event becomes known. */
export function narrowByNotices(known: Steady, book: NoticeBook, eventCode: string, asOf: number): Steady {
  let steady = changesAt(known, asOf, book.preReports.get(eventCode)?.sentAt ?? null)
  const adoption = book.adoptions.get(eventCode)
  if (adoption !== undefined) steady = changesAt(steady, asOf, startOfLocalDay(adoption.usedOn))
  for (const { reopenedAt } of book.reopenings.get(eventCode) ?? NONE) steady = changesAt(steady, asOf, reopenedAt)
  return steady
}
