/** What happens to the lists of a quarter and group: 定名单, 复核确认, 退回. */
export const LIST_STEPS = ['decided', 'confirmed', 'returned'] as const
export type ListStepKind = (typeof LIST_STEPS)[number]

export const LIST_STAGES = ['open', 'decided', 'confirmed'] as const
export type ListStage = (typeof LIST_STAGES)[number]

export interface ListStep {
  readonly kind: ListStepKind
  /** Who did it, by account. */
  readonly by: string
  readonly hasNote: boolean
}

export type ListStepRefusal = 'not_now' | 'same_person' | 'note_missing'

const NEXT: Readonly<Record<ListStage, readonly ListStepKind[]>> = {
  open: ['decided'],
  decided: ['confirmed', 'returned'],
  confirmed: ['decided'],
}

/** Where the steps, in their order, have brought the lists. */
export function listStageOf(steps: readonly Pick<ListStep, 'kind'>[]): ListStage {
  const last = steps.at(-1)?.kind
  return last === undefined || last === 'returned' ? 'open' : last
}

export function nextListSteps(stage: ListStage): readonly ListStepKind[] {
  return NEXT[stage]
}

/**
 * Why `next` may not follow `steps`; null = it may. Confirmed by nobody who decided; returned, and decided anew after it was confirmed,
 * for a reason.
 */
export function refusesListStep(
  steps: readonly Pick<ListStep, 'kind' | 'by'>[],
  next: ListStep,
): ListStepRefusal | null {
  const stage = listStageOf(steps)
  if (!NEXT[stage].includes(next.kind)) return 'not_now'
  if (next.kind === 'confirmed') return steps.at(-1)?.by === next.by ? 'same_person' : null
  const isAgain = next.kind === 'returned' || stage === 'confirmed'
  return isAgain && !next.hasNote ? 'note_missing' : null
}
