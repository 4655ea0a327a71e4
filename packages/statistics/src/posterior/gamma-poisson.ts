/** Counts over a length of time, in any unit of time; the same for all. */
export interface CountOverTime {
  readonly count: number
  readonly time: number
}

/** Gamma distribution of a rate: mean shape / rate. */
export interface GammaPrior {
  readonly shape: number
  readonly rate: number
}

function requireCounts({ count, time }: CountOverTime): void {
  if (!(count >= 0) || !(time >= 0) || !Number.isFinite(count) || !Number.isFinite(time)) {
    throw new RangeError(`no count over time: ${count} in ${time}`)
  }
}

/** No group is taken to be more alike than this many times its own mean time. */
const MOST_ALIKE = 50

/**
 * What a group says of the rate of a member, by the method of moments: the spread of the rates beyond that of chance. Null = the
 * group has no count or no time. RangeError for counts that are none.
 * Source: N. Breslow, Applied Statistics 33 (1984), moment estimate of extra-Poisson variation.
 */
export function estimateGammaPrior(group: readonly CountOverTime[]): GammaPrior | null {
  group.forEach(requireCounts)
  const measured = group.filter(({ time }) => time > 0)
  const count = measured.reduce((sum, one) => sum + one.count, 0)
  const time = measured.reduce((sum, one) => sum + one.time, 0)
  if (count === 0 || time === 0) return null
  const mean = count / time
  const spread = measured.reduce((sum, one) => sum + (one.count - mean * one.time) ** 2 - mean * one.time, 0)
  const squares = measured.reduce((sum, one) => sum + one.time ** 2, 0)
  const variance = Math.max(spread / squares, mean / ((MOST_ALIKE * time) / measured.length))
  return { shape: mean ** 2 / variance, rate: mean / variance }
}

export interface LowTail {
  readonly expected: number
  /** Probability of so few or fewer. */
  readonly probability: number
}

/**
 * How unlikely so few are, given the unit's own past and what its group says: the predictive distribution of gamma and Poisson, a
 * negative binomial. RangeError for counts that are none.
 */
export function predictLowTail(prior: GammaPrior, past: CountOverTime, now: CountOverTime): LowTail {
  requireCounts(past)
  requireCounts(now)
  const [shape, rate] = [prior.shape + past.count, prior.rate + past.time]
  const share = now.time / (rate + now.time)
  let term = (1 - share) ** shape
  let probability = term
  for (let k = 0; k < now.count; k += 1) {
    term *= ((shape + k) / (k + 1)) * share
    probability += term
  }
  return { expected: (shape / rate) * now.time, probability: Math.min(1, probability) }
}
