import { SECOND_MS } from '../calendar/local-time.ts'
import { type Quarter, quarterRange } from '../calendar/quarter.ts'
import type { FilingFact, ReopeningFact, ReportFact, UnitPeriod } from '../facts/facts.ts'
import { listOwedFilings, toHolidayKey } from '../filing/judge-filings.ts'
import type { NoticeBook } from '../league/notice-book.ts'
import type { HolidayBlock, Regulation } from '../regulation/regulation.ts'
import { toEventCase } from '../timeliness/event-state.ts'
import { reopeningsOf } from '../timeliness/reopening.ts'
import { type OpenSpan, tierAt, unitPeriodAt } from '../unit/membership.ts'
import type { Obligation, ObligationKind } from './obligation.ts'
import { phoneTurns, writtenTurns } from './turns.ts'

const NO_REOPENINGS: readonly ReopeningFact[] = []

function firstOf(reopenings: readonly ReopeningFact[]): number | null {
  return reopenings.reduce<number | null>(
    (first, { reopenedAt }) => (first === null || reopenedAt < first ? reopenedAt : first),
    null,
  )
}

/**
 * What one event obliges its unit to in the quarter in which its clock starts: the call where the rules ask for one, the
 * first report in writing, and the final one once the first is written and where a limit is set for it. Empty for another
 * quarter and for a unit closed on that day. `reports`: all rows of the event by the unit, at least one, any order.
 * Source: contract §5, deadlines and which rows are judged; card: docs/indicators/timeliness.md
 */
export function listEventObligations(
  reports: readonly ReportFact[],
  context: {
    readonly quarter: Quarter
    readonly spans: readonly OpenSpan[]
    readonly regulation: Regulation
    readonly notices: NoticeBook
  },
): Obligation[] {
  const { notices, quarter, regulation, spans } = context
  const eventCase = toEventCase(reports, regulation, (at) => tierAt(spans, at))
  const { clockAt, eventCode, finalWrittenAt, firstWrittenAt, judged, phonedAt, rules } = eventCase
  const { from, to } = quarterRange(quarter)
  if (clockAt < from || clockAt >= to || unitPeriodAt(spans, clockAt) === null) return []
  const { learnedAt, level, unitCode } = judged
  const all = notices.reopenings.get(eventCode) ?? NO_REOPENINGS
  const preReport = notices.preReports.get(eventCode) ?? null
  const make = (
    kind: ObligationKind,
    rest: Pick<Obligation, 'arisesAt' | 'dueAt' | 'clause' | 'turns'>,
  ): Obligation => ({
    unitCode,
    quarter,
    kind,
    ref: eventCode,
    level,
    preReportedAt: kind === 'written' ? (preReport?.sentAt ?? null) : null,
    reopenedAt: firstOf(reopeningsOf(all, kind, eventCode)),
    ...rest,
  })
  const obligations: Obligation[] = []
  const { finalLimitSeconds, limitClauses, phoneLimitSeconds, writtenLimitSeconds } = rules
  if (phoneLimitSeconds !== null) {
    const sent = { phonedAt, writtenAt: firstWrittenAt }
    obligations.push(
      make('phone', {
        arisesAt: learnedAt,
        dueAt: clockAt + phoneLimitSeconds * SECOND_MS,
        clause: limitClauses.phone,
        turns: phoneTurns(learnedAt, clockAt, phoneLimitSeconds, sent, reopeningsOf(all, 'phone', eventCode)),
      }),
    )
  }
  const dueAt = clockAt + writtenLimitSeconds * SECOND_MS
  const reopenings = reopeningsOf(all, 'written', eventCode)
  obligations.push(
    make('written', {
      arisesAt: learnedAt,
      dueAt,
      clause: limitClauses.written,
      turns: writtenTurns(learnedAt, dueAt, firstWrittenAt, { preReport, rule: regulation.preReport, reopenings }),
    }),
  )
  if (finalLimitSeconds !== null && firstWrittenAt !== null) {
    const arisesAt = Math.max(firstWrittenAt, learnedAt)
    const finalDueAt = firstWrittenAt + finalLimitSeconds * SECOND_MS
    const moved = { preReport: null, rule: null, reopenings: reopeningsOf(all, 'final', eventCode) }
    obligations.push(
      make('final', {
        arisesAt,
        dueAt: finalDueAt,
        clause: limitClauses.final,
        turns: writtenTurns(arisesAt, finalDueAt, finalWrittenAt, moved),
      }),
    )
  }
  return obligations
}

/**
 * The forms a unit owes in a quarter. They are owed whenever one asks, as the tables count them: not yet due before they
 * are due, also before the quarter begins.
 * Source: contract §5, holiday filing; card: docs/indicators/holiday-filing.md
 */
export function listFilingObligations(context: {
  readonly unitCode: string
  readonly periods: readonly UnitPeriod[]
  readonly filings: readonly FilingFact[]
  readonly reopenings: readonly ReopeningFact[]
  readonly holidays: readonly HolidayBlock[]
  readonly regulation: Regulation
  readonly quarter: Quarter
}): Obligation[] {
  const { quarter, regulation, unitCode } = context
  const arisesAt = quarterRange(quarter).from
  return listOwedFilings(context).map(({ block, form, overdueAt, receivedAt, reopenings }) => {
    const dueAt = overdueAt - SECOND_MS
    return {
      unitCode,
      quarter,
      kind: 'filing' as const,
      ref: `${toHolidayKey(block)}/${form}`,
      level: null,
      arisesAt,
      dueAt,
      clause: regulation.filing.clause,
      preReportedAt: null,
      reopenedAt: firstOf(reopenings),
      turns: writtenTurns(-Infinity, dueAt, receivedAt, { preReport: null, rule: null, reopenings }),
    }
  })
}
