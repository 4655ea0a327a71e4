export const OUTCOMES = ['on_time', 'late', 'missing', 'not_yet_due'] as const
/** What became of something owed; exclusive. */
export type Outcome = (typeof OUTCOMES)[number]

/**
 * `dueAt`: last instant that is on time. `doneAt`: null = never, after `asOf` = not yet. Epoch ms, whole seconds.
 * Source: contract §5, deadlines and outcomes (on time means elapsed ≤ limit, to the second).
 */
export function outcomeOf(dueAt: number, doneAt: number | null, asOf: number): Outcome {
  if (doneAt === null || doneAt > asOf) return asOf <= dueAt ? 'not_yet_due' : 'missing'
  return doneAt <= dueAt ? 'on_time' : 'late'
}

/** An instant as known at `asOf`: null when it lies after it. */
export function knownAt(at: number | null, asOf: number): number | null {
  return at !== null && at <= asOf ? at : null
}
