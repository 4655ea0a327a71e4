import { SECOND_MS } from '../calendar/local-time.ts'
import type { ReopeningFact, ReportFact } from '../facts/facts.ts'
import { knownAt, type Outcome, outcomeOf } from './outcome.ts'
import { reopenedUntil } from './reopening.ts'

/** The call an event of the higher levels asks for. Instants in epoch ms. */
export interface PhoneJudgement {
  readonly limitSeconds: number
  /** The limit of the rules, before anything moved it. */
  readonly ruleDueAt: number
  readonly dueAt: number
  /** The earliest call, as known; null = none yet. */
  readonly at: number | null
  readonly outcome: Outcome
  /** Seconds over the limit; null unless late. */
  readonly lateSeconds: number | null
  /** True when no call was in time and the written first report, within the phone limit, stands for it. */
  readonly metByWritten: boolean
}

/** The earliest call about an event, on a report of any stage; null = none. */
export function earliestCallOf(reports: readonly ReportFact[]): number | null {
  let earliest: number | null = null
  for (const { phonedAt } of reports) {
    if (phonedAt !== null && (earliest === null || phonedAt < earliest)) earliest = phonedAt
  }
  return earliest
}

/**
 * `phonedAt`: the earliest call; `writtenAt`: of the first report. null = none.
 * Source: contract §5, which rows are judged; card: docs/indicators/phone-call.md
 */
export function judgePhone(
  clockAt: number,
  limitSeconds: number,
  phonedAt: number | null,
  writtenAt: number | null,
  asOf: number,
  reopenings: readonly ReopeningFact[] = [],
): PhoneJudgement {
  const ruleDueAt = clockAt + limitSeconds * SECOND_MS
  const dueAt = reopenedUntil(ruleDueAt, reopenings, asOf)
  const at = knownAt(phonedAt, asOf)
  const byCall = outcomeOf(dueAt, at, asOf)
  const metByWritten = byCall !== 'on_time' && outcomeOf(dueAt, writtenAt, asOf) === 'on_time'
  const outcome = metByWritten ? 'on_time' : byCall
  const lateSeconds = outcome === 'late' && at !== null ? (at - dueAt) / SECOND_MS : null
  return { limitSeconds, ruleDueAt, dueAt, at, outcome, lateSeconds, metByWritten }
}
