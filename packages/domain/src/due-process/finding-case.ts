import type { PlainDate } from '../calendar/plain-date.ts'

/**
 * What happens to a finding from notice to closure, in the offices' words: 通知, 签收, 说明, 认定 or 不予认定, 责令整改, 提交, 退回,
 * 办结, 销号; 提醒, 约谈 and 通报 are the ladder beside it.
 */
export const CASE_STEPS = [
  'notified',
  'received',
  'explained',
  'confirmed',
  'dismissed',
  'ordered',
  'submitted',
  'returned',
  'closed',
  'struck_off',
  'escalated',
] as const
export type CaseStepKind = (typeof CASE_STEPS)[number]

/** The ladder, each rung a decision of a person: 提醒, 约谈, 通报. */
export const ESCALATIONS = ['reminded', 'summoned', 'named'] as const
export type Escalation = (typeof ESCALATIONS)[number]

export const CASE_STATES = [
  'found',
  'awaiting_explanation',
  'awaiting_decision',
  'dismissed',
  'confirmed',
  'rectifying',
  'awaiting_verification',
  'closed',
  'struck_off',
] as const
export type CaseState = (typeof CASE_STATES)[number]

/** Who takes a step: the unit concerned, or the office above. */
export type CaseParty = 'unit' | 'office'

export interface CaseStep {
  readonly kind: CaseStepKind
  /** Who did it, by account. */
  readonly by: string
  /** Local day on which it was done. */
  readonly on: PlainDate
  /** `notified`, `ordered`: the last day for what follows; null = cannot be said yet. */
  readonly lastDay?: PlainDate | null
  readonly escalation?: Escalation
}

/** Where a case stands. */
export interface CaseStanding {
  readonly state: CaseState
  /** Whose turn it is; null = nobody's. */
  readonly turn: CaseParty | null
  /** Last day for the unit's turn; null = none runs, or it cannot be said. */
  readonly lastDay: PlainDate | null
  readonly isReceived: boolean
  readonly escalation: Escalation | null
  /** How often what was submitted came back. */
  readonly returns: number
}

/** Why a step is not taken. */
export type CaseRefusal = 'not_now' | 'waits_for_explanation' | 'inspector_decides' | 'same_person' | 'ladder'

const NEXT: Readonly<Record<CaseState, readonly CaseStepKind[]>> = {
  found: ['notified'],
  awaiting_explanation: ['received', 'explained', 'confirmed', 'dismissed', 'escalated'],
  awaiting_decision: ['received', 'confirmed', 'dismissed'],
  dismissed: [],
  confirmed: ['received', 'ordered', 'closed', 'escalated'],
  rectifying: ['received', 'submitted', 'escalated'],
  awaiting_verification: ['returned', 'closed', 'escalated'],
  closed: ['struck_off'],
  struck_off: [],
}

const BY_UNIT: ReadonlySet<CaseStepKind> = new Set(['received', 'explained', 'submitted'])

export function partyOf(kind: CaseStepKind): CaseParty {
  return BY_UNIT.has(kind) ? 'unit' : 'office'
}

/** What last moved a case, and where that brought it. */
export const CASE_STATE_AFTER = {
  found: 'found',
  notified: 'awaiting_explanation',
  explained: 'awaiting_decision',
  confirmed: 'confirmed',
  dismissed: 'dismissed',
  ordered: 'rectifying',
  submitted: 'awaiting_verification',
  returned: 'rectifying',
  closed: 'closed',
  struck_off: 'struck_off',
} as const satisfies Readonly<Record<Exclude<CaseStepKind, 'received' | 'escalated'> | 'found', CaseState>>
export type CaseMoved = keyof typeof CASE_STATE_AFTER

/** Confirmed, and not yet closed. */
export function isRectificationOpen(state: CaseState): boolean {
  return state === 'confirmed' || state === 'rectifying' || state === 'awaiting_verification'
}

function turnOf(state: CaseState): CaseParty | null {
  if (state === 'awaiting_explanation' || state === 'rectifying') return 'unit'
  return state === 'dismissed' || state === 'struck_off' ? null : 'office'
}

/** Where the steps, in their order, have brought a case. */
export function caseStandingOf(steps: readonly CaseStep[]): CaseStanding {
  let state: CaseState = 'found'
  let lastDay: PlainDate | null = null
  for (const step of steps) {
    if (step.kind === 'received' || step.kind === 'escalated') continue
    state = CASE_STATE_AFTER[step.kind]
    // Sent back: the day that was set still runs, unless another is set with it.
    if (step.kind === 'notified' || step.kind === 'ordered' || step.kind === 'returned')
      lastDay = step.lastDay === undefined ? lastDay : step.lastDay
  }
  const turn = turnOf(state)
  return {
    state,
    turn,
    lastDay: turn === 'unit' ? lastDay : null,
    isReceived: steps.some(({ kind }) => kind === 'received'),
    escalation: steps.findLast(({ kind }) => kind === 'escalated')?.escalation ?? null,
    returns: steps.filter(({ kind }) => kind === 'returned').length,
  }
}

/** What a step is held against. */
export interface CaseContext {
  /** Accounts that made the finding: none of them decides it. */
  readonly inspectors: readonly string[]
}

function refusesDecision(steps: readonly CaseStep[], next: CaseStep, { inspectors }: CaseContext): CaseRefusal | null {
  if (inspectors.includes(next.by)) return 'inspector_decides'
  const { lastDay, state } = caseStandingOf(steps)
  if (state !== 'awaiting_explanation' || next.kind === 'dismissed') return null
  // Against the unit nothing is decided before it was heard or its days ran out; a day that cannot be said has not.
  return lastDay === null || next.on <= lastDay ? 'waits_for_explanation' : null
}

function refusesVerification(steps: readonly CaseStep[], next: CaseStep): CaseRefusal | null {
  const submitted = steps.findLast(({ kind }) => kind === 'submitted')
  const ordered = steps.findLast(({ kind }) => kind === 'ordered')
  return next.by === submitted?.by || next.by === ordered?.by ? 'same_person' : null
}

function refusesEscalation(steps: readonly CaseStep[], { escalation }: CaseStep): CaseRefusal | null {
  const before = caseStandingOf(steps).escalation
  const wanted = ESCALATIONS[before === null ? 0 : ESCALATIONS.indexOf(before) + 1]
  return wanted !== undefined && escalation === wanted ? null : 'ladder'
}

/**
 * Why `next` may not follow `steps`; null = it may. A finding is decided by nobody who made it, against the unit only after it was
 * heard or had its days; what was put right is verified by somebody else than who ordered it; the ladder is climbed rung by rung.
 */
export function refusesStep(steps: readonly CaseStep[], next: CaseStep, context: CaseContext): CaseRefusal | null {
  const { isReceived, state } = caseStandingOf(steps)
  if (!NEXT[state].includes(next.kind)) return 'not_now'
  switch (next.kind) {
    case 'received':
      return isReceived ? 'not_now' : null
    case 'confirmed':
    case 'dismissed':
      return refusesDecision(steps, next, context)
    case 'closed':
    case 'returned':
      return refusesVerification(steps, next)
    case 'escalated':
      return refusesEscalation(steps, next)
    default:
      return null
  }
}

/** Steps that somebody of a party may take now, besides what depends on the person. */
export function nextSteps(steps: readonly CaseStep[], party: CaseParty): CaseStepKind[] {
  const { isReceived, state } = caseStandingOf(steps)
  return NEXT[state].filter((kind) => partyOf(kind) === party && !(kind === 'received' && isReceived))
}
