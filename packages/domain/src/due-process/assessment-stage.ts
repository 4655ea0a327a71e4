import type { PlainDate } from '../calendar/plain-date.ts'

/** What an office does with a quarter's assessment before it is frozen: 出草案征求意见, 退回, 审定 by each of two people. */
export const ASSESSMENT_STEPS = ['drafted', 'returned', 'approved'] as const
export type AssessmentStepKind = (typeof ASSESSMENT_STEPS)[number]

/** `open`: facts still come in; `draft`: the units read it and appeal; then the approvals, the freeze, the supplements. */
export const ASSESSMENT_STAGES = ['open', 'draft', 'half_approved', 'approved', 'frozen', 'corrected'] as const
export type AssessmentStage = (typeof ASSESSMENT_STAGES)[number]

export interface AssessmentStep {
  readonly kind: AssessmentStepKind
  /** By account. */
  readonly by: string
  /** `drafted`: the last day for appeals; null = it cannot be said yet. */
  readonly lastDay: PlainDate | null
}

export interface AssessmentStanding {
  readonly stage: AssessmentStage
  /** For appeals, of the draft that is out; null = none is, or it cannot be said. */
  readonly lastDay: PlainDate | null
  /** Accounts that approved the draft that is out. */
  readonly approvers: readonly string[]
}

/** `versions`: how many frozen versions of the quarter there are. */
export function assessmentStandingOf(steps: readonly AssessmentStep[], versions: number): AssessmentStanding {
  let lastDay: PlainDate | null = null
  let isOut = false
  let approvers: readonly string[] = []
  for (const step of steps) {
    if (step.kind === 'approved') approvers = [...approvers, step.by]
    else {
      isOut = step.kind === 'drafted'
      lastDay = isOut ? step.lastDay : null
      approvers = []
    }
  }
  return { stage: stageOf(isOut, approvers.length, versions), lastDay, approvers }
}

function stageOf(isOut: boolean, approvals: number, versions: number): AssessmentStage {
  if (versions > 0) return versions > 1 ? 'corrected' : 'frozen'
  if (!isOut) return 'open'
  if (approvals === 0) return 'draft'
  return approvals === 1 ? 'half_approved' : 'approved'
}

/** Why a step is not taken. */
export type AssessmentRefusal =
  | 'not_now'
  | 'quarter_running'
  | 'appeals_running'
  | 'appeals_open'
  | 'same_person'
  | 'both_decided'

export interface AssessmentGate {
  readonly versions: number
  readonly today: PlainDate
  /** Of the quarter. */
  readonly lastOn: PlainDate
  /** Appeals that were handed in and are not decided. */
  readonly openAppeals: number
  /** They stay open and their rows are marked 申诉中. */
  readonly marksAppeals: boolean
  /** Accounts that decided an appeal of the quarter. */
  readonly deciders: readonly string[]
}

const NEXT: Readonly<Record<AssessmentStage, readonly AssessmentStepKind[]>> = {
  open: ['drafted'],
  draft: ['approved', 'returned'],
  half_approved: ['approved', 'returned'],
  approved: ['returned'],
  frozen: [],
  corrected: [],
}

export function nextAssessmentSteps(stage: AssessmentStage): readonly AssessmentStepKind[] {
  return NEXT[stage]
}

function refusesApproval(
  { approvers, lastDay }: AssessmentStanding,
  by: string,
  { deciders, marksAppeals, openAppeals, today }: AssessmentGate,
): AssessmentRefusal | null {
  // A day that cannot be said is not over.
  if (lastDay === null || today <= lastDay) return 'appeals_running'
  if (openAppeals > 0 && !marksAppeals) return 'appeals_open'
  if (approvers.includes(by)) return 'same_person'
  return approvers.length > 0 && [...approvers, by].every((one) => deciders.includes(one)) ? 'both_decided' : null
}

/**
 * Why `next` may not follow; null = it may. A draft goes out after the quarter's end; it is approved when the days for appeals are over
 * and the appeals are decided or marked, by two people of whom one at least decided no appeal of it.
 */
export function refusesAssessmentStep(
  steps: readonly AssessmentStep[],
  next: Pick<AssessmentStep, 'kind' | 'by'>,
  context: AssessmentGate,
): AssessmentRefusal | null {
  const standing = assessmentStandingOf(steps, context.versions)
  if (!NEXT[standing.stage].includes(next.kind)) return 'not_now'
  if (next.kind === 'approved') return refusesApproval(standing, next.by, context)
  return next.kind === 'drafted' && context.today <= context.lastOn ? 'quarter_running' : null
}
