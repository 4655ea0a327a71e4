import type { Counts } from '../input/counts.ts'
import type { BetaPrior } from './posterior-prior.ts'

interface Turned {
  readonly units: Counts[]
  readonly prior: BetaPrior | undefined
}

/** Successes and failures change places: a lower-is-better share becomes a higher-is-better one. */
export function turn(units: readonly Counts[], prior: BetaPrior | undefined): Turned {
  return {
    units: units.map(({ part, whole }) => ({ part: whole - part, whole })),
    prior: prior && { alpha: prior.beta, beta: prior.alpha },
  }
}
