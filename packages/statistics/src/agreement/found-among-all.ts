import { requireCount } from '../input/counts.ts'
import { requireLevel } from '../input/require.ts'
import type { Interval } from '../intervals/interval.ts'
import { makeLogFactorial } from '../special/log-factorial.ts'

/** Like things that were looked at: by one observer, and by everybody, himself included. */
export interface FoundStratum {
  readonly looked: number
  readonly found: number
  readonly allLooked: number
  readonly allFound: number
}

export interface FoundAmongAll {
  readonly found: number
  /** What he would find on average, were what was found dealt among all who looked. */
  readonly expected: number
  /** Central range of the same, each tail cut at (1 − level) / 2 at the most. */
  readonly range: Interval
  /** Mid-p of as many or more. */
  readonly pHigh: number
  /** Mid-p of as many or fewer. */
  readonly pLow: number
  /** Twice the smaller, at most 1. */
  readonly p: number
}

function requireStratum(stratum: FoundStratum, name: string): void {
  const { allFound, allLooked, found, looked } = stratum
  for (const [key, count] of Object.entries({ looked, found, allLooked, allFound }))
    requireCount(count, `${name}.${key}`)
  const [othersLooked, othersFound] = [allLooked - looked, allFound - found]
  if (found > looked || othersFound < 0 || othersFound > othersLooked) {
    throw new RangeError(`${name}: found must not exceed what was looked at, nor one observer all`)
  }
}

/** Chance of 0, 1, … found by him: hypergeometric. */
function lawOf({ allFound, allLooked, looked }: FoundStratum): number[] {
  const logFactorial = makeLogFactorial(allLooked)
  const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k)
  const least = Math.max(0, looked + allFound - allLooked)
  return Array.from({ length: Math.min(looked, allFound) + 1 }, (_, many) =>
    many < least
      ? 0
      : Math.exp(
          logChoose(allFound, many) + logChoose(allLooked - allFound, looked - many) - logChoose(allLooked, looked),
        ),
  )
}

function addLaws(one: readonly number[], other: readonly number[]): number[] {
  const sum = Array.from({ length: one.length + other.length - 1 }, () => 0)
  for (const [i, a] of one.entries()) for (const [j, b] of other.entries()) sum[i + j] = (sum[i + j] ?? 0) + a * b
  return sum
}

function rangeOf(law: readonly number[], level: number): Interval {
  const tail = (1 - level) / 2
  let [low, below] = [0, 0]
  while (low < law.length - 1 && below + (law[low] ?? 0) <= tail) below += law[low++] ?? 0
  let [high, above] = [law.length - 1, 0]
  while (high > low && above + (law[high] ?? 0) <= tail) above += law[high--] ?? 0
  return { low, high }
}

/**
 * Whether one observer finds more, or less, than the others do of the like: in each stratum what was found is dealt among all that
 * was looked at, and his share is counted; exact tails of the sum over the strata, with half of the count itself (mid-p). How much
 * there is to find in a stratum need not be known; one that nobody else looked at says nothing. RangeError for impossible counts.
 * Source: N. Mantel, W. Haenszel, Journal of the National Cancer Institute 22 (1959), exact.
 */
export function foundAmongAll(strata: readonly FoundStratum[], level: number): FoundAmongAll {
  requireLevel(level)
  for (const [at, stratum] of strata.entries()) requireStratum(stratum, `strata[${at}]`)
  const found = strata.reduce((sum, one) => sum + one.found, 0)
  const law = strata.map(lawOf).reduce(addLaws, [1])
  const sumOf = (part: readonly number[]): number => part.reduce((sum, one) => sum + one, 0)
  const half = (law[found] ?? 0) / 2
  const pHigh = Math.min(1, sumOf(law.slice(found + 1)) + half)
  const pLow = Math.min(1, sumOf(law.slice(0, found)) + half)
  return {
    found,
    expected: strata.reduce(
      (sum, { allFound, allLooked, looked }) => sum + (looked === 0 ? 0 : (looked * allFound) / allLooked),
      0,
    ),
    range: rangeOf(law, level),
    pHigh,
    pLow,
    p: Math.min(1, 2 * Math.min(pHigh, pLow)),
  }
}
