/** The clocks that a report names; epoch ms. */
export interface ReportTimes {
  readonly occurredAt: number
  readonly learnedAt: number
  /** null = no call is claimed. */
  readonly phonedAt: number | null
}

export const TIMES_REFUSALS = ['learned_before_occurred', 'phoned_before_learned', 'future'] as const
export type TimesRefusal = (typeof TIMES_REFUSALS)[number]

/**
 * Why a report with these clocks is not taken at `now` (epoch ms); null = it is. A clock may stand at `now` itself.
 * Source: contract §2, occurred ≤ learned ≤ phoned, written
 */
export function refusesTimes({ learnedAt, occurredAt, phonedAt }: ReportTimes, now: number): TimesRefusal | null {
  if (Math.max(occurredAt, learnedAt, phonedAt ?? -Infinity) > now) return 'future'
  if (learnedAt < occurredAt) return 'learned_before_occurred'
  return phonedAt !== null && phonedAt < learnedAt ? 'phoned_before_learned' : null
}
