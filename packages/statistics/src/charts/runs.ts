import { median } from '../input/median.ts'
import { binomialQuantile } from '../special/binomial-quantile.ts'

/** Runs about the median; the process has shifted where the longest is longer, or the crossings are fewer, than chance allows. */
export interface Runs {
  /** Points not on the median; only they count. */
  readonly nUseful: number
  readonly longestRun: number
  readonly longestRunMax: number
  readonly crossings: number
  readonly crossingsMin: number
  readonly isSignal: boolean
}

/** What chance allows among so many points off the median, at least two. */
export function runLimits(nUseful: number): Pick<Runs, 'longestRunMax' | 'crossingsMin'> {
  return {
    longestRunMax: Math.round(Math.log2(nUseful)) + 3,
    crossingsMin: binomialQuantile(0.05, nUseful - 1, 0.5),
  }
}

/**
 * Anhøj's rules: a signal if the longest run > round(log₂ n) + 3 or the crossings < the 5 % quantile of Binomial(n − 1, ½). Fewer than two
 * points off the median: no signal.
 * Source: J. Anhøj, A. V. Olesen, PLoS ONE 9 (2014).
 */
export function computeRuns(values: readonly number[]): Runs {
  const middle = values.length === 0 ? 0 : median(values)
  const sides = values.filter((value) => value !== middle).map((value) => value > middle)
  const nUseful = sides.length
  if (nUseful < 2) {
    return { nUseful, longestRun: nUseful, longestRunMax: 3, crossings: 0, crossingsMin: 0, isSignal: false }
  }
  let [run, longestRun, crossings] = [1, 1, 0]
  for (let index = 1; index < nUseful; index += 1) {
    const isSame = sides[index] === sides[index - 1]
    run = isSame ? run + 1 : 1
    crossings += isSame ? 0 : 1
    longestRun = Math.max(longestRun, run)
  }
  const { crossingsMin, longestRunMax } = runLimits(nUseful)
  const isSignal = longestRun > longestRunMax || crossings < crossingsMin
  return { nUseful, longestRun, longestRunMax, crossings, crossingsMin, isSignal }
}
