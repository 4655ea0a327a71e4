import { HOUR_MS, SECOND_MS } from '../calendar/local-time.ts'
import type { Level, PreReportFact, ReopeningFact, ReportFact } from '../facts/facts.ts'
import type { Regulation } from '../regulation/regulation.ts'
import { knownAt, type Outcome, outcomeOf } from './outcome.ts'
import { reopenedUntil } from './reopening.ts'

/** A report owed in writing: the first of an event, or its final one. Instants in epoch ms. */
export interface WrittenJudgement {
  readonly limitSeconds: number
  /** The limit of the rules, before anything moved it. */
  readonly ruleDueAt: number
  /** The limit that counts: a report of this very second is on time. */
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
export function clockStartOf(
  judged: Pick<ReportFact, 'occurredAt' | 'learnedAt'> & { readonly level: Level },
  regulation: Pick<Regulation, 'clocks'>,
): number {
  return regulation.clocks[judged.level].startsAt === 'occurred_at' ? judged.occurredAt : judged.learnedAt
}

/**
 * Where a pre-report with reasons moves the limit of the written first report, as known at `asOf`; the limit itself when
 * there is none, it came after the limit, or the rules know none.
 */
export function preReportedUntil(
  ruleDueAt: number,
  preReport: PreReportFact | null,
  rule: Regulation['preReport'],
  asOf: number,
): number {
  if (rule === null || preReport === null || preReport.sentAt > asOf || preReport.sentAt > ruleDueAt) return ruleDueAt
  return ruleDueAt + rule.extendsSeconds * SECOND_MS
}

/**
 * `from`: where the limit is counted from. `writtenAt`: null = none. `moved`: the limit as a pre-report moved it.
 * Source: contract §5, deadlines and outcomes; card: docs/indicators/timeliness.md
 */
export function judgeWritten(
  from: number,
  limitSeconds: number,
  writtenAt: number | null,
  asOf: number,
  moved: { readonly until?: number; readonly reopenings?: readonly ReopeningFact[] } = {},
): WrittenJudgement {
  const ruleDueAt = from + limitSeconds * SECOND_MS
  const dueAt = reopenedUntil(moved.until ?? ruleDueAt, moved.reopenings ?? [], asOf)
  const at = knownAt(writtenAt, asOf)
  const outcome = outcomeOf(dueAt, at, asOf)
  const base = { limitSeconds, ruleDueAt, dueAt, at, outcome }
  if (at === null || outcome !== 'late') return { ...base, lateSeconds: null, startedHours: null }
  const lateSeconds = (at - dueAt) / SECOND_MS
  return { ...base, lateSeconds, startedHours: Math.ceil((at - dueAt) / HOUR_MS) }
}
