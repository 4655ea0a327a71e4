import { SECOND_MS } from '../calendar/local-time.ts'
import type { PreReportFact, ReopeningFact } from '../facts/facts.ts'
import type { Regulation } from '../regulation/regulation.ts'
import { type Outcome, outcomeOf } from '../timeliness/outcome.ts'
import { judgePhone } from '../timeliness/phone.ts'
import { reopenedUntil } from '../timeliness/reopening.ts'
import { preReportedUntil } from '../timeliness/written.ts'
import type { Turn } from './obligation.ts'

/** Asks at every instant at which the answer may change, and keeps those at which it does. */
function turnsOf(from: number, instants: readonly (number | null)[], outcomeAt: (at: number) => Outcome): Turn[] {
  let last: Turn = { at: from, outcome: outcomeAt(from) }
  const turns = [last]
  const later = instants.filter((at): at is number => at !== null && at > from).sort((a, b) => a - b)
  for (const at of later) {
    const outcome = outcomeAt(at)
    if (outcome === last.outcome) continue
    last = { at, outcome }
    turns.push(last)
  }
  return turns
}

/** The ends that re-openings set pass a second later; each counts from when it was made. */
function reopeningInstants(reopenings: readonly ReopeningFact[]): number[] {
  return reopenings.flatMap(({ reopenedAt, until }) => [reopenedAt, until + SECOND_MS])
}

/** A report in writing. `at`: when it was written; null = never. `from`: since when it is owed. */
export function writtenTurns(
  from: number,
  dueAt: number,
  at: number | null,
  moved: {
    readonly preReport: PreReportFact | null
    readonly rule: Regulation['preReport']
    readonly reopenings: readonly ReopeningFact[]
  },
): Turn[] {
  const { preReport, reopenings, rule } = moved
  const instants = [at, dueAt + SECOND_MS, ...reopeningInstants(reopenings)]
  if (preReport !== null) {
    instants.push(preReport.sentAt, preReportedUntil(dueAt, preReport, rule, Infinity) + SECOND_MS)
  }
  return turnsOf(from, instants, (asOf) => {
    const until = reopenedUntil(preReportedUntil(dueAt, preReport, rule, asOf), reopenings, asOf)
    return outcomeOf(until, at, asOf)
  })
}

/** The call, which a first report written within its limit stands for. */
export function phoneTurns(
  from: number,
  clockAt: number,
  limitSeconds: number,
  sent: { readonly phonedAt: number | null; readonly writtenAt: number | null },
  reopenings: readonly ReopeningFact[],
): Turn[] {
  const dueAt = clockAt + limitSeconds * SECOND_MS
  const instants = [sent.phonedAt, sent.writtenAt, dueAt + SECOND_MS, ...reopeningInstants(reopenings)]
  return turnsOf(
    from,
    instants,
    (asOf) => judgePhone(clockAt, limitSeconds, sent.phonedAt, sent.writtenAt, asOf, reopenings).outcome,
  )
}
