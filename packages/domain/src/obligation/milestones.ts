import { DAY_MS, SECOND_MS } from '../calendar/local-time.ts'
import type { PreReportFact, ReopeningFact } from '../facts/facts.ts'
import type { Outcome } from '../timeliness/outcome.ts'
import { obligationOutcomeAt, type Obligation } from './obligation.ts'

/**
 * One instant of an obligation's timeline, epoch ms. `due`: the last second on time by the rules. `grace`: until when a
 * pre-report or the supplement window leaves time. `closed`: missing from then on. `met`: when it was done, on time or late.
 */
export type Milestone =
  | { readonly kind: 'arises' | 'due' | 'closed'; readonly at: number }
  | { readonly kind: 'met'; readonly at: number; readonly outcome: Outcome }
  | {
      readonly kind: 'pre_reported'
      readonly at: number
      readonly reason: string
      /** null = the rules grant no time for it, or it came after the limit. */
      readonly until: number | null
    }
  | { readonly kind: 'grace'; readonly at: number; readonly of: 'pre_report' | 'supplement' }
  | {
      readonly kind: 'reopened'
      readonly at: number
      readonly until: number
      readonly by: string
      readonly reason: string
    }

const ORDER = ['arises', 'pre_reported', 'due', 'grace', 'closed', 'reopened', 'met'] as const

/**
 * The timeline of one obligation as known at `asOf` (whole seconds), in order of time: limits also when they lie ahead.
 * `metAt`: when it was done, as known; `movedTo`: where a pre-report moved the limit; `supplementUntil`: the end of the
 * window in which the elements may be completed.
 */
export function listMilestones(
  obligation: Obligation,
  asOf: number,
  known: {
    readonly metAt: number | null
    readonly preReport: PreReportFact | null
    readonly movedTo: number | null
    readonly supplementUntil: number | null
    readonly reopenings: readonly ReopeningFact[]
  },
): Milestone[] {
  const { arisesAt, dueAt, turns } = obligation
  const milestones: Milestone[] = [
    { kind: 'arises', at: arisesAt },
    { kind: 'due', at: dueAt },
  ]
  const { metAt, movedTo, preReport, supplementUntil } = known
  if (preReport !== null && preReport.sentAt <= asOf) {
    milestones.push({ kind: 'pre_reported', at: preReport.sentAt, reason: preReport.reason, until: movedTo })
    if (movedTo !== null) milestones.push({ kind: 'grace', at: movedTo, of: 'pre_report' })
  }
  if (supplementUntil !== null) milestones.push({ kind: 'grace', at: supplementUntil, of: 'supplement' })
  for (const { reason, reopenedAt, reopenedBy, until } of known.reopenings) {
    if (reopenedAt <= asOf) milestones.push({ kind: 'reopened', at: reopenedAt, until, by: reopenedBy, reason })
  }
  for (const { at, outcome } of turns) {
    if (outcome === 'missing' && at <= asOf) milestones.push({ kind: 'closed', at })
  }
  if (metAt !== null && metAt <= asOf) {
    milestones.push({ kind: 'met', at: metAt, outcome: obligationOutcomeAt(turns, asOf) ?? 'on_time' })
  }
  return milestones.sort((a, b) => a.at - b.at || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

/** How long until the limit, negative after it; whole seconds. */
export function secondsLeft(dueAt: number, asOf: number): number {
  return Math.round((dueAt - asOf) / SECOND_MS)
}

export type ReopeningProblem =
  /** Not after the present instant. */
  | 'until_past'
  /** Not after the limit that counts already. */
  | 'until_before_due'
  /** Further away than anything that was asked of anybody. */
  | 'until_too_far'
  | 'reason_short'
  /** Done on time: there is nothing to give time for. */
  | 'already_on_time'

export const REOPENING_MAX_DAYS = 92
/** Characters. */
export const REOPENING_REASON_MIN = 5
export const REOPENING_REASON_MAX = 200

/** What is wrong with a later end for something owed; null = nothing. Epoch ms; `dueAt`: the limit that counts now. */
export function checkReopening(
  asked: { readonly until: number; readonly reason: string },
  standing: { readonly now: number; readonly dueAt: number; readonly outcome: Outcome },
): ReopeningProblem | null {
  const { dueAt, now, outcome } = standing
  if (outcome === 'on_time') return 'already_on_time'
  if ([...asked.reason.trim()].length < REOPENING_REASON_MIN) return 'reason_short'
  if (asked.until <= dueAt) return 'until_before_due'
  if (asked.until <= now) return 'until_past'
  if (asked.until > Math.max(now, dueAt) + REOPENING_MAX_DAYS * DAY_MS) return 'until_too_far'
  return null
}
