/** How good the proposals are on a labelled set. Precision = right / proposed, recall = right / told. */
export interface MatchQuality {
  readonly seeds: readonly string[]
  readonly leads: number
  /** Leads that tell of a reported event. */
  readonly told: number
  readonly proposed: number
  readonly right: number
}

/** Seeds that nothing was tuned on. The weights were chosen on others. */
export const HELD_OUT_SEEDS = ['held-out-1', 'held-out-2', 'held-out-3', 'held-out-4', 'held-out-5'] as const

/** As measured on the labelled synthetic sets of those seeds; a test measures again and compares. */
export const MEASURED_QUALITY: MatchQuality = {
  seeds: HELD_OUT_SEEDS,
  leads: 5_000,
  told: 3_466,
  proposed: 3_477,
  right: 3_381,
}
