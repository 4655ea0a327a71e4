import type { PlainDate } from '../calendar/plain-date.ts'

/**
 * What happens to a lead, in the offices' words: 认定已报, 发核查通知, 说明 (of the unit), 说明成立, 转漏报认定, 不属报送范围, 重复线索, 误传,
 * 重新打开.
 */
export const LEAD_STEPS = [
  'matched',
  'inquired',
  'explained',
  'accepted',
  'omitted',
  'out_of_scope',
  'duplicate',
  'false_lead',
  'reopened',
] as const
export type LeadStepKind = (typeof LEAD_STEPS)[number]

/** `incomplete` 待补充 says neither where nor when, and is matched with nothing. */
export const LEAD_STATES = [
  'incomplete',
  'open',
  'awaiting_explanation',
  'awaiting_decision',
  'on_time',
  'late',
  'accepted',
  'omitted',
  'out_of_scope',
  'duplicate',
  'false_lead',
] as const
export type LeadState = (typeof LEAD_STATES)[number]

export const OPEN_LEAD_STATES = ['incomplete', 'open', 'awaiting_explanation', 'awaiting_decision'] as const

export function isOpenLead(state: LeadState): boolean {
  return OPEN_LEAD_STATES.some((one) => one === state)
}

/** Whether the event was reported in time, as the judgement of its reports says. */
export const MATCH_TIMINGS = ['on_time', 'late'] as const
export type MatchTiming = (typeof MATCH_TIMINGS)[number]

export interface LeadStep {
  readonly kind: LeadStepKind
  readonly on: PlainDate
  /** `inquired`: the last day to explain; null = cannot be said yet. */
  readonly lastDay?: PlainDate | null
  readonly timing?: MatchTiming | null
}

export interface LeadStanding {
  readonly state: LeadState
  readonly turn: 'unit' | 'office' | null
  /** Last day to explain; null = none runs, or it cannot be said. */
  readonly lastDay: PlainDate | null
}

export type LeadRefusal = 'not_now' | 'incomplete' | 'waits_for_explanation'

/** What a lead says of where and when. */
export interface LeadWhere {
  readonly place: string | null
  readonly unitCode: string | null
  readonly occurredAt: number | null
}

/** A lead that says neither where nor when cannot be matched; it waits until somebody adds it. */
export function isCompleteLead({ occurredAt, place, unitCode }: LeadWhere): boolean {
  return place !== null || unitCode !== null || occurredAt !== null
}

function stateAfter(step: LeadStep, start: LeadState): LeadState {
  switch (step.kind) {
    case 'matched':
      return step.timing === 'late' ? 'late' : 'on_time'
    case 'inquired':
      return 'awaiting_explanation'
    case 'explained':
      return 'awaiting_decision'
    case 'reopened':
      return start
    default:
      return step.kind
  }
}

function turnOf(state: LeadState): LeadStanding['turn'] {
  if (state === 'awaiting_explanation') return 'unit'
  return isOpenLead(state) ? 'office' : null
}

/** Where the steps of office and unit, in their order, have brought a lead. */
export function leadStandingOf(isComplete: boolean, steps: readonly LeadStep[]): LeadStanding {
  const start = isComplete ? 'open' : 'incomplete'
  const last = steps.at(-1)
  const state = last === undefined ? start : stateAfter(last, start)
  const lastDay = state === 'awaiting_explanation' ? (last?.lastDay ?? null) : null
  return { state, turn: turnOf(state), lastDay }
}

/** Outcomes that hold nothing against anybody: they need no hearing. */
const WITHOUT_HEARING: ReadonlySet<LeadStepKind> = new Set(['out_of_scope', 'duplicate', 'false_lead'])

function refusesOutcome(standing: LeadStanding, next: LeadStep): LeadRefusal | null {
  const { lastDay, state } = standing
  if (state === 'awaiting_decision') return null
  if (state !== 'awaiting_explanation' || next.kind === 'accepted') return 'not_now'
  // Nothing goes further against a unit before it was heard or its days ran out; a day that cannot be said has not.
  return lastDay === null || next.on <= lastDay ? 'waits_for_explanation' : null
}

/** Why `next` may not follow `steps`; null = it may. */
export function refusesLeadStep(isComplete: boolean, steps: readonly LeadStep[], next: LeadStep): LeadRefusal | null {
  const standing = leadStandingOf(isComplete, steps)
  const { state } = standing
  if (next.kind === 'reopened') return isOpenLead(state) || state === 'omitted' ? 'not_now' : null
  if (!isOpenLead(state)) return 'not_now'
  if (WITHOUT_HEARING.has(next.kind)) return null
  if (state === 'incomplete') return 'incomplete'
  switch (next.kind) {
    case 'matched':
      return null
    case 'inquired':
      return state === 'open' ? null : 'not_now'
    case 'explained':
      return state === 'awaiting_explanation' ? null : 'not_now'
    default:
      return refusesOutcome(standing, next)
  }
}

/** Steps of a party that may follow now; who was not heard yet bars 转漏报认定 besides. */
export function nextLeadSteps(
  isComplete: boolean,
  steps: readonly LeadStep[],
  party: 'unit' | 'office',
): LeadStepKind[] {
  const on = '9999-12-31' as PlainDate
  return LEAD_STEPS.filter(
    (kind) =>
      (kind === 'explained') === (party === 'unit') && refusesLeadStep(isComplete, steps, { kind, on }) === null,
  )
}
