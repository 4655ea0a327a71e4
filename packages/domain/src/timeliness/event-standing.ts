import { cutToSecond } from '../calendar/local-time.ts'
import { type Quarter, quarterOf } from '../calendar/quarter.ts'
import type { Level, ReportFact, UnitPeriod } from '../facts/facts.ts'
import type { Regulation } from '../regulation/regulation.ts'
import { toOpenSpans, unitPeriodAt } from '../unit/membership.ts'
import { clockStartOf } from './written.ts'

/**
 * `counts`: owed by the unit. `not_yet_known`: `asOf` is before `learnedAt`, nothing is owed yet.
 * `unit_closed`: the unit was closed on the day the clock starts; the clocks are shown, nothing is owed.
 */
export type EventStanding = 'counts' | 'not_yet_known' | 'unit_closed'

/**
 * Where an event of a unit belongs and whether it counts as of an instant (epoch ms, fractions of a second are cut): that
 * much follows from its judged row alone.
 * Source: contract §5; card: docs/indicators/timeliness.md
 */
export function standingOf(
  judged: Pick<ReportFact, 'occurredAt' | 'learnedAt'> & { readonly level: Level },
  context: { readonly periods: readonly UnitPeriod[]; readonly regulation: Regulation; readonly asOf: number },
): { readonly quarter: Quarter; readonly standing: EventStanding } {
  const clockAt = clockStartOf(judged, context.regulation)
  const isOpen = unitPeriodAt(toOpenSpans(context.periods), clockAt) !== null
  const isKnown = judged.learnedAt <= cutToSecond(context.asOf)
  return { quarter: quarterOf(clockAt), standing: !isOpen ? 'unit_closed' : isKnown ? 'counts' : 'not_yet_known' }
}
