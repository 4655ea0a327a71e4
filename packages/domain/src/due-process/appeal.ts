import type { PlainDate } from '../calendar/plain-date.ts'

/** What happens to an appeal against one deduction: 暂存, 提交, 受理, 成立 or 不成立, 撤回. */
export const APPEAL_STEPS = ['kept', 'submitted', 'accepted', 'upheld', 'rejected', 'withdrawn'] as const
export type AppealStepKind = (typeof APPEAL_STEPS)[number]

/** `kept`: a text of the unit that nobody else has seen. */
export const APPEAL_STATES = ['kept', 'submitted', 'accepted', 'upheld', 'rejected', 'withdrawn'] as const
export type AppealState = (typeof APPEAL_STATES)[number]

export interface AppealStep {
  readonly kind: AppealStepKind
}

export type AppealParty = 'unit' | 'office'

/** Why a step is not taken. */
export type AppealRefusal = 'not_now' | 'not_open' | 'too_late' | 'deduction_gone' | 'found_it' | 'decided_case'

export interface AppealContext {
  readonly today: PlainDate
  /** A draft is out, and not approved, frozen or returned. */
  readonly isDraftOut: boolean
  /** Last day for appeals; null = it cannot be said yet, and runs. */
  readonly lastDay: PlainDate | null
  /** The quarter still has the deduction. */
  readonly hasDeduction: boolean
  /** Who acts is among those who made the check behind it. */
  readonly isFinder: boolean
  /** Who acts decided the case behind it. */
  readonly isDecider: boolean
}

const NEXT: Readonly<Record<AppealState, readonly AppealStepKind[]>> = {
  kept: ['kept', 'submitted', 'withdrawn'],
  submitted: ['accepted', 'withdrawn'],
  accepted: ['upheld', 'rejected', 'withdrawn'],
  upheld: [],
  rejected: [],
  withdrawn: [],
}

const BY_OFFICE: ReadonlySet<AppealStepKind> = new Set(['accepted', 'upheld', 'rejected'])

export function appealPartyOf(kind: AppealStepKind): AppealParty {
  return BY_OFFICE.has(kind) ? 'office' : 'unit'
}

/** Where the last step brought it. */
export function appealStateOf(steps: readonly AppealStep[]): AppealState {
  return steps.at(-1)?.kind ?? 'kept'
}

/** Handed in, and not decided. */
export function isAppealOpen(state: AppealState): boolean {
  return state === 'submitted' || state === 'accepted'
}

export function nextAppealSteps(state: AppealState, party: AppealParty): AppealStepKind[] {
  return NEXT[state].filter((kind) => appealPartyOf(kind) === party)
}

function refusesHandingIn({ hasDeduction, isDraftOut, lastDay, today }: AppealContext): AppealRefusal | null {
  if (!isDraftOut) return 'not_open'
  if (lastDay !== null && lastDay < today) return 'too_late'
  return hasDeduction ? null : 'deduction_gone'
}

/**
 * Why `kind` may not follow; null = it may. Handed in while the draft is out, within the days, against a deduction that is there;
 * taken up and decided by nobody who made the check or decided the case behind it.
 */
export function refusesAppealStep(
  steps: readonly AppealStep[],
  kind: AppealStepKind,
  context: AppealContext,
): AppealRefusal | null {
  if (!NEXT[appealStateOf(steps)].includes(kind)) return 'not_now'
  if (kind === 'submitted') return refusesHandingIn(context)
  if (appealPartyOf(kind) === 'unit') return null
  if (context.isFinder) return 'found_it'
  if (context.isDecider) return 'decided_case'
  return kind === 'upheld' && !context.hasDeduction ? 'deduction_gone' : null
}
