/** 拟稿, 交班确认, 退回, 接班确认. A draft may be written again until it is offered. */
export const HANDOVER_STEPS = ['prepared', 'offered', 'returned', 'taken'] as const
export type HandoverStepKind = (typeof HANDOVER_STEPS)[number]

/** 待交接, 交接中, 已交接, 有遗留. */
export const HANDOVER_STATES = ['pending', 'offered', 'done', 'left_over'] as const
export type HandoverState = (typeof HANDOVER_STATES)[number]

export interface HandoverStep {
  readonly kind: HandoverStepKind
  /** Who confirmed it, by account and by name. */
  readonly byId: string
  readonly byName: string
  /** Open entries of the list, of what was offered and of what was taken. */
  readonly openCount: number
}

/** Nothing yet is 待交接 as well: the change of shift is there, whether anybody has begun or not. */
export function handoverStateOf(steps: readonly HandoverStep[]): HandoverState {
  const last = steps.at(-1)
  if (last?.kind === 'taken') return last.openCount > 0 ? 'left_over' : 'done'
  return last?.kind === 'offered' ? 'offered' : 'pending'
}

export type HandoverRefusal = 'not_now' | 'same_person' | 'list_changed' | 'too_early'

/** So long before the change of shift a handover may be confirmed. */
export const HANDOVER_EARLIEST_MS = 2 * 3_600_000

export interface HandoverContext {
  /** Epoch ms. */
  readonly changeAt: number
  readonly now: number
  /** Entries that are open now. */
  readonly open: readonly string[]
  /** Entries of the list that was offered last. */
  readonly offered: readonly string[]
}

const AFTER: Readonly<Record<HandoverState, readonly HandoverStepKind[]>> = {
  pending: ['prepared', 'offered'],
  offered: ['returned', 'taken'],
  done: [],
  left_over: [],
}

/**
 * Why a step may not follow; null = it may. Two different people confirm, and whoever takes over takes all that is open: what came after
 * the list was offered sends it back to be offered again.
 */
export function refusesHandoverStep(
  steps: readonly HandoverStep[],
  next: Pick<HandoverStep, 'kind' | 'byId' | 'byName'>,
  { changeAt, now, offered, open }: HandoverContext,
): HandoverRefusal | null {
  if (!AFTER[handoverStateOf(steps)].includes(next.kind)) return 'not_now'
  if (next.kind !== 'prepared' && now < changeAt - HANDOVER_EARLIEST_MS) return 'too_early'
  if (next.kind !== 'taken') return null
  const outgoing = steps.at(-1)
  if (outgoing?.byId === next.byId || outgoing?.byName === next.byName) return 'same_person'
  const listed = new Set(offered)
  return open.every((entry) => listed.has(entry)) ? null : 'list_changed'
}

/** A change of shift of a unit: who leaves and who comes, by the roster. */
export interface ShiftChange {
  /** Epoch ms. */
  readonly at: number
  readonly outgoing: readonly string[]
  readonly incoming: readonly string[]
}

interface Shift {
  readonly startsAt: number
  readonly endsAt: number
  readonly person: string
}

/**
 * The instants of a span (`from` ≤ t ≤ `to`, epoch ms) at which others are on duty than before, in order of time. Where nobody follows
 * `incoming` is empty; where nobody was before, there is nothing to hand over and no change.
 */
export function listShiftChanges(shifts: readonly Shift[], span: { from: number; to: number }): ShiftChange[] {
  const edges = [...new Set(shifts.flatMap(({ endsAt, startsAt }) => [startsAt, endsAt]))]
    .filter((at) => span.from <= at && at <= span.to)
    .sort((a, b) => a - b)
  const onDuty = (at: number): string[] => [
    ...new Set(shifts.filter(({ endsAt, startsAt }) => startsAt <= at && at < endsAt).map(({ person }) => person)),
  ]
  return edges
    .map((at) => ({ at, outgoing: onDuty(at - 1), incoming: onDuty(at) }))
    .filter(({ incoming, outgoing }) => outgoing.some((one) => !incoming.includes(one)))
}
