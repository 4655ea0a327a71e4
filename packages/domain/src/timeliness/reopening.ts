import type { ReopenedObligation, ReopeningFact } from '../facts/facts.ts'

/** The limit as known at `asOf`: the latest of the rules' own and of those that re-openings made by then set. Epoch ms. */
export function reopenedUntil(dueAt: number, reopenings: readonly ReopeningFact[], asOf: number): number {
  let until = dueAt
  for (const one of reopenings) if (one.reopenedAt <= asOf && one.until > until) until = one.until
  return until
}

/** The re-openings of one obligation. */
export function reopeningsOf(
  reopenings: readonly ReopeningFact[],
  obligation: ReopenedObligation,
  ref: string,
): readonly ReopeningFact[] {
  if (reopenings.length === 0) return reopenings
  return reopenings.filter((one) => one.obligation === obligation && one.ref === ref)
}
