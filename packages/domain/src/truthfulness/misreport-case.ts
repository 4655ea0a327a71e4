import type { PlainDate } from '../calendar/plain-date.ts'
import type { MisreportKind } from '../facts/facts.ts'

/**
 * What happens to a suspected misreport, in the offices' words: 立案, 补充, 下发通知, 签收, 说明, 认定, 不予认定, 复核确认, 复核退回.
 */
export const MISREPORT_STEPS = [
  'opened',
  'supplemented',
  'notified',
  'received',
  'explained',
  'confirmed',
  'dismissed',
  'countersigned',
  'declined',
] as const
export type MisreportStepKind = (typeof MISREPORT_STEPS)[number]

export const MISREPORT_STATES = [
  'opened',
  'awaiting_explanation',
  'awaiting_decision',
  'awaiting_second',
  'confirmed',
  'dismissed',
] as const
export type MisreportState = (typeof MISREPORT_STATES)[number]

/** How the superior learned of it: 媒体, 12345 热线, 上级通报, 检查, 其他系统, 群众反映, 其他. */
export const MISREPORT_SOURCES = [
  'media',
  'hotline',
  'superior',
  'inspection',
  'other_system',
  'citizen',
  'other',
] as const
export type MisreportSource = (typeof MISREPORT_SOURCES)[number]

/** 谎报 and 瞒报 accuse of intent: a second person confirms. */
const NEEDS_SECOND: ReadonlySet<MisreportKind> = new Set(['false', 'concealed'])

export function needsSecond(kind: MisreportKind): boolean {
  return NEEDS_SECOND.has(kind)
}

export type MisreportParty = 'unit' | 'office'

export interface MisreportStep {
  readonly kind: MisreportStepKind
  /** Who did it, by account. */
  readonly by: string
  /** Local day on which it was done. */
  readonly on: PlainDate
  /** `notified`: the last day to explain; null = cannot be said yet. */
  readonly lastDay?: PlainDate | null
  /** `confirmed`: as what it was confirmed, which may be another kind than it was opened as. */
  readonly as?: MisreportKind | null
}

export interface MisreportStanding {
  readonly state: MisreportState
  /** Whose turn it is; null = nobody's. */
  readonly turn: MisreportParty | null
  /** Last day to explain; null = none runs, or it cannot be said. */
  readonly lastDay: PlainDate | null
  readonly isReceived: boolean
  /** As what it stands confirmed, or waits for the second signature; null = neither. */
  readonly as: MisreportKind | null
}

/** Why a step is not taken. */
export type MisreportRefusal =
  | 'not_now'
  | 'waits_for_explanation'
  | 'explained_late'
  | 'opener_decides'
  | 'same_person'
  | 'third_person'

const NEXT: Readonly<Record<MisreportState, readonly MisreportStepKind[]>> = {
  opened: ['supplemented', 'notified', 'dismissed'],
  awaiting_explanation: ['received', 'explained', 'supplemented', 'confirmed', 'dismissed'],
  awaiting_decision: ['received', 'supplemented', 'confirmed', 'dismissed'],
  awaiting_second: ['received', 'countersigned', 'declined'],
  confirmed: ['received'],
  dismissed: [],
}

/** What last moved a case: everything but a signature and a supplement. */
export const MISREPORT_MOVES = [
  'opened',
  'notified',
  'explained',
  'confirmed',
  'dismissed',
  'countersigned',
  'declined',
] as const
export type MisreportMoved = (typeof MISREPORT_MOVES)[number]

export function misreportPartyOf(kind: MisreportStepKind): MisreportParty {
  return kind === 'received' || kind === 'explained' ? 'unit' : 'office'
}

/** Where a move brings a case; `as`: the kind of a confirmation. */
export function misreportStateAfter(moved: MisreportMoved, as: MisreportKind | null): MisreportState {
  switch (moved) {
    case 'opened':
    case 'dismissed':
      return moved
    case 'notified':
      return 'awaiting_explanation'
    case 'explained':
    case 'declined':
      return 'awaiting_decision'
    case 'confirmed':
      return as !== null && needsSecond(as) ? 'awaiting_second' : 'confirmed'
    case 'countersigned':
      return 'confirmed'
  }
}

function isMove(kind: MisreportStepKind): kind is MisreportMoved {
  return kind !== 'received' && kind !== 'supplemented'
}

function turnOf(state: MisreportState): MisreportParty | null {
  if (state === 'awaiting_explanation') return 'unit'
  return state === 'dismissed' || state === 'confirmed' ? null : 'office'
}

/** Where the steps, in their order, have brought a case. */
export function misreportStandingOf(steps: readonly MisreportStep[]): MisreportStanding {
  let state: MisreportState = 'opened'
  let as: MisreportKind | null = null
  for (const step of steps) {
    if (!isMove(step.kind)) continue
    if (step.kind === 'confirmed') as = step.as ?? null
    if (step.kind === 'declined') as = null
    state = misreportStateAfter(step.kind, as)
  }
  const turn = turnOf(state)
  const notice = steps.find(({ kind }) => kind === 'notified')
  return {
    state,
    turn,
    lastDay: turn === 'unit' ? (notice?.lastDay ?? null) : null,
    isReceived: steps.some(({ kind }) => kind === 'received'),
    as,
  }
}

function refusesDecision(steps: readonly MisreportStep[], next: MisreportStep): MisreportRefusal | null {
  if (steps.some(({ by, kind }) => kind === 'opened' && by === next.by)) return 'opener_decides'
  const { lastDay, state } = misreportStandingOf(steps)
  if (next.kind === 'dismissed' || state !== 'awaiting_explanation') return null
  // Against the unit nothing is decided before it was heard or its days ran out; a day that cannot be said has not.
  return lastDay === null || next.on <= lastDay ? 'waits_for_explanation' : null
}

function refusesSecond(steps: readonly MisreportStep[], { by }: MisreportStep): MisreportRefusal | null {
  if (steps.findLast(({ kind }) => kind === 'confirmed')?.by === by) return 'same_person'
  return steps.some((step) => step.kind === 'opened' && step.by === by) ? 'third_person' : null
}

/**
 * Why `next` may not follow `steps`; null = it may. A case is decided by somebody who did not open it, against the unit only after
 * it was heard or had its days; 谎报 and 瞒报 stand only when a third person confirms them.
 */
export function refusesMisreportStep(steps: readonly MisreportStep[], next: MisreportStep): MisreportRefusal | null {
  if (steps.length === 0) return next.kind === 'opened' ? null : 'not_now'
  const { isReceived, state } = misreportStandingOf(steps)
  if (!NEXT[state].includes(next.kind))
    return next.kind === 'explained' && state !== 'opened' ? 'explained_late' : 'not_now'
  switch (next.kind) {
    case 'received':
      return isReceived ? 'not_now' : null
    case 'confirmed':
    case 'dismissed':
      return refusesDecision(steps, next)
    case 'countersigned':
    case 'declined':
      return refusesSecond(steps, next)
    default:
      return null
  }
}

/** Steps that somebody of a party may take now, besides what depends on the person. */
export function nextMisreportSteps(steps: readonly MisreportStep[], party: MisreportParty): MisreportStepKind[] {
  const { isReceived, state } = misreportStandingOf(steps)
  return NEXT[state].filter((kind) => misreportPartyOf(kind) === party && !(kind === 'received' && isReceived))
}
