/** Equal within rounding counts as equal, and equal to the threshold as not rejected: so all machines decide alike. */
const ROUNDING = 1e-12

export interface WeightedP {
  readonly p: number
  /** How many hypotheses share this p-value. */
  readonly weight: number
}

/**
 * Holm's step-down procedure over `total` hypotheses: those rejected among `candidates`, when `rejected` others with smaller p-values
 * have been already and all the rest have p-values too large. Equal p-values are decided together.
 * Source: S. Holm, Scandinavian Journal of Statistics 6 (1979).
 */
export function rejectByHolm<T extends WeightedP>(
  candidates: readonly T[],
  { alpha, rejected = 0, total }: { readonly alpha: number; readonly total: number; readonly rejected?: number },
): T[] {
  const sorted = [...candidates].sort((a, b) => a.p - b.p)
  const result: T[] = []
  let done = rejected
  for (let from = 0; from < sorted.length;) {
    const smallest = sorted[from]?.p ?? 1
    if (!(smallest < (alpha / (total - done)) * (1 - ROUNDING))) break
    let to = from
    for (; to < sorted.length; to += 1) {
      const one = sorted[to]
      if (one === undefined || one.p > smallest * (1 + ROUNDING)) break
      result.push(one)
      done += one.weight
    }
    from = to
  }
  return result
}
