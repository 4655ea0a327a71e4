import { lampOf, type Lamp } from '../due-process/add-workdays.ts'
import type { PlainDate } from '../calendar/plain-date.ts'

/** What happens to a decision of a meeting, 议定事项: 签收, 报告, 退回, 办结. The first two are the unit's. */
export const DECISION_STEPS = ['received', 'reported', 'returned', 'closed'] as const
export type DecisionStepKind = (typeof DECISION_STEPS)[number]

export const DECISION_STATES = ['open', 'reported', 'closed'] as const
export type DecisionState = (typeof DECISION_STATES)[number]

export interface DecisionStep {
  readonly kind: DecisionStepKind
  /** Who did it, by account. */
  readonly by: string
  /** `returned`: another last day; null = the one before still runs. */
  readonly lastDay: PlainDate | null
}

/** As it was decided. */
export interface Decided {
  /** Who wrote it down, by account. */
  readonly by: string
  readonly lastDay: PlainDate
}

export interface DecisionStanding {
  readonly state: DecisionState
  readonly lastDay: PlainDate
  readonly isReceived: boolean
  /** How often what was reported came back. */
  readonly returns: number
}

export function decisionStandingOf(decided: Decided, steps: readonly DecisionStep[]): DecisionStanding {
  const moved = steps.findLast(({ kind }) => kind !== 'received')?.kind
  return {
    state: moved === 'reported' || moved === 'closed' ? moved : 'open',
    lastDay: steps.findLast(({ lastDay }) => lastDay !== null)?.lastDay ?? decided.lastDay,
    isReceived: steps.length > 0,
    returns: steps.filter(({ kind }) => kind === 'returned').length,
  }
}

/** As of cases: it burns while it is the unit's turn. */
export function decisionLampOf({ lastDay, state }: DecisionStanding, today: PlainDate): Lamp {
  return state === 'open' ? lampOf(lastDay, today) : 'off'
}

export type DecisionRefusal = 'not_now' | 'same_person'

const NEXT: Readonly<Record<DecisionState, readonly DecisionStepKind[]>> = {
  open: ['received', 'reported'],
  reported: ['returned', 'closed'],
  closed: [],
}

/**
 * Why `next` may not follow; null = it may. What was reported is verified by somebody else than who reported it or wrote the decision
 * down.
 */
export function refusesDecisionStep(
  decided: Decided,
  steps: readonly DecisionStep[],
  next: Pick<DecisionStep, 'kind' | 'by'>,
): DecisionRefusal | null {
  const { isReceived, state } = decisionStandingOf(decided, steps)
  if (!NEXT[state].includes(next.kind) || (next.kind === 'received' && isReceived)) return 'not_now'
  if (next.kind !== 'returned' && next.kind !== 'closed') return null
  const reported = steps.findLast(({ kind }) => kind === 'reported')?.by
  return next.by === reported || next.by === decided.by ? 'same_person' : null
}
