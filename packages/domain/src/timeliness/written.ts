import { SECOND_MS } from '../calendar/local-time.ts'
import type { ReportFact } from '../facts/facts.ts'
import type { Hundredths, LevelDeadline, Regulation } from '../regulation/regulation.ts'
import { knownAt, type Outcome, outcomeOf } from './outcome.ts'

const HOUR_SECONDS = 3600

/** The written first report of an event. Instants in epoch ms. */
export interface WrittenJudgement {
  readonly limitSeconds: number
  /** The limit: a report of this very second is on time. */
  readonly dueAt: number
  /** When it was written, as known; null = not yet or never. */
  readonly at: number | null
  readonly outcome: Outcome
  /** Seconds over the limit; null unless late. */
  readonly lateSeconds: number | null
  /** Hours begun over the limit, one second over is one; null unless late. */
  readonly startedHours: number | null
}

/** Epoch ms at which the clock of an event starts under its level. */
export function clockStartOf(judged: Pick<ReportFact, 'occurredAt' | 'learnedAt'>, deadline: LevelDeadline): number {
  return deadline.clockStartsAt === 'occurred_at' ? judged.occurredAt : judged.learnedAt
}

/**
 * `writtenAt`: of the first report; null = none. Only a first report meets the written obligation.
 * Source: contract §5, deadlines and outcomes; card: docs/indicators/timeliness.md
 */
export function judgeWritten(
  clockAt: number,
  deadline: LevelDeadline,
  writtenAt: number | null,
  asOf: number,
): WrittenJudgement {
  const limitSeconds = deadline.writtenLimitSeconds
  const dueAt = clockAt + limitSeconds * SECOND_MS
  const at = knownAt(writtenAt, asOf)
  const outcome = outcomeOf(dueAt, at, asOf)
  if (at === null || outcome !== 'late') {
    return { limitSeconds, dueAt, at, outcome, lateSeconds: null, startedHours: null }
  }
  const lateSeconds = (at - dueAt) / SECOND_MS
  return { limitSeconds, dueAt, at, outcome, lateSeconds, startedHours: Math.ceil(lateSeconds / HOUR_SECONDS) }
}

/** What the written obligation costs; 0 unless late or missing. */
export function writtenPoints(written: WrittenJudgement, regulation: Regulation): Hundredths {
  const { writtenLatePerStartedHour, writtenLateMax, writtenMissing } = regulation.deduction
  if (written.startedHours !== null) return Math.min(written.startedHours * writtenLatePerStartedHour, writtenLateMax)
  return written.outcome === 'missing' ? writtenMissing : 0
}
