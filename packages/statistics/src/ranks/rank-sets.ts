import { type Better, readBetter } from '../input/better.ts'
import { type Cell, toCells } from '../input/cells.ts'
import type { Counts } from '../input/counts.ts'
import { requireLevel } from '../input/require.ts'
import { makeLogFactorial } from '../special/log-factorial.ts'
import { fisherOneSided } from './fisher-one-sided.ts'
import { rejectByHolm, type WeightedP } from './holm.ts'
import type { RankSet } from './rank-set.ts'

export interface RankSetOptions {
  /** Probability that all sets hold together. */
  readonly level: number
  readonly better?: Better
}

/** A pair whose p-value lies between Holm's first threshold and the last one possible; places in the sorted cells. */
interface NearPair {
  readonly over: number
  readonly under: number
  readonly weight: number
  /** ln p to within SLACK. */
  readonly logP: number
}

/** Logarithms of probabilities are this precise at least. */
const SLACK = 1e-6

/** Cells from the largest share to the smallest, as columns: millions of pairs are looked at. */
interface Columns {
  readonly part: Float64Array
  readonly whole: Float64Array
  readonly count: Float64Array
  /** ln of the ways to choose part from whole. */
  readonly choices: Float64Array
}

/** Units declared above and below each cell, in the order of the columns. */
interface Declared {
  readonly above: Float64Array
  readonly below: Float64Array
}

function toColumns(sorted: readonly Cell[], logFactorial: (n: number) => number): Columns {
  return {
    part: Float64Array.from(sorted, ({ part }) => part),
    whole: Float64Array.from(sorted, ({ whole }) => whole),
    count: Float64Array.from(sorted, ({ count }) => count),
    choices: Float64Array.from(
      sorted,
      ({ part, whole }) => logFactorial(whole) - logFactorial(part) - logFactorial(whole - part),
    ),
  }
}

/**
 * Only pairs with the larger share on top can be rejected, one half of all, so that Holm's last threshold is at most twice its first.
 * A p-value is at least its first term and at most a geometric series of it: that settles most pairs without a sum.
 */
function declare(sorted: readonly Cell[], measured: number, alpha: number): Declared {
  const total = measured * (measured - 1)
  const logFactorial = makeLogFactorial(sorted.reduce((most, { whole }) => Math.max(most, 2 * whole), 0))
  const { choices, count, part, whole } = toColumns(sorted, logFactorial)
  const surely = Math.log(alpha / total) - SLACK
  const possibly = Math.log((2 * alpha) / total) + SLACK
  const above = new Float64Array(sorted.length)
  const below = new Float64Array(sorted.length)
  const near: NearPair[] = []
  let rejected = 0
  for (let over = 0; over < sorted.length; over += 1) {
    const [k, n, ways, units] = [part[over] ?? 0, whole[over] ?? 0, choices[over] ?? 0, count[over] ?? 0]
    let unitsBelow = 0
    for (let under = over + 1; under < sorted.length; under += 1) {
      const [other, otherWhole] = [part[under] ?? 0, whole[under] ?? 0]
      const together = logFactorial(n + otherWhole) - logFactorial(k + other) - logFactorial(n + otherWhole - k - other)
      const first = ways + (choices[under] ?? 0) - together
      if (first > possibly || k * otherWhole === other * n) continue
      const ratio = ((n - k) * other) / ((k + 1) * (otherWhole - other + 1))
      const isSure = first < surely - 3 && ratio < 0.95
      const logP = isSure ? first : first + Math.log(sumTerms(n - k, other, k + 1, otherWhole - other + 1))
      if (logP < surely) {
        unitsBelow += count[under] ?? 0
        above[under] = (above[under] ?? 0) + units
        rejected += units * (count[under] ?? 0)
      } else if (logP < possibly) near.push({ over, under, weight: units * (count[under] ?? 0), logP })
    }
    below[over] = unitsBelow
  }
  for (const { over, under } of rejectNear(near, sorted, { alpha, total, rejected })) {
    above[under] = (above[under] ?? 0) + (count[over] ?? 0)
    below[over] = (below[over] ?? 0) + (count[under] ?? 0)
  }
  return { above, below }
}

/** 1 + ab/cd + ab/cd · (a−1)(b−1)/(c+1)(d+1) + …, the tail of a hypergeometric distribution over its first term. */
function sumTerms(a: number, b: number, c: number, d: number): number {
  let [term, sum] = [1, 1]
  for (let i = 0; term > 1e-10 * sum; i += 1) {
    term *= ((a - i) * (b - i)) / ((c + i) * (d + i))
    sum += term
  }
  return sum
}

interface Progress {
  readonly alpha: number
  readonly total: number
  readonly rejected: number
}

/** Holm over the pairs near the threshold; p-values that the approximation cannot tell from it are worked out in full. */
function rejectNear(
  near: readonly NearPair[],
  sorted: readonly Cell[],
  { alpha, rejected, total }: Progress,
): NearPair[] {
  const ordered = [...near].sort((a, b) => a.logP - b.logP)
  const result: NearPair[] = []
  let done = rejected
  for (let from = 0; from < ordered.length;) {
    const distance = (ordered[from]?.logP ?? 0) - Math.log(alpha / (total - done))
    if (distance > SLACK) break
    const next = distance < -SLACK ? ordered.slice(from, from + 1) : atOnce(ordered, from)
    const group =
      distance < -SLACK
        ? next
        : rejectByHolm(
            next.map((pair) => toExact(pair, sorted)),
            { alpha, total, rejected: done },
          )
    result.push(...group)
    done += group.reduce((sum, { weight }) => sum + weight, 0)
    if (group.length < next.length) break
    from += next.length
  }
  return result
}

/** The pairs from a place on that the approximation cannot tell apart. */
function atOnce(ordered: readonly NearPair[], from: number): NearPair[] {
  const limit = (ordered[from]?.logP ?? 0) + 2 * SLACK
  let to = from
  while (to < ordered.length && (ordered[to]?.logP ?? Infinity) <= limit) to += 1
  return ordered.slice(from, to)
}

function toExact(pair: NearPair, sorted: readonly Cell[]): NearPair & WeightedP {
  const [over, under] = [sorted[pair.over], sorted[pair.under]]
  if (over === undefined || under === undefined) throw new RangeError('a pair of no cells')
  return { ...pair, p: fisherOneSided(over, under) }
}

/** > 0 = a's share is larger. */
function compareShares(a: Counts, b: Counts): number {
  return a.part * b.whole - b.part * a.whole
}

/**
 * The simultaneous rank sets of shares: with probability ≥ `level` every unit's true rank lies in its set, whatever the true shares and
 * however small the counts. All ordered pairs are compared by Fisher's one-sided exact test, Holm's procedure holds the error over all
 * of them; low = 1 + units declared better, high = units − units declared worse. A unit is declared better only when its share is larger.
 * One entry per unit, in order; null = not measured (whole = 0), and such units count among no one's ranks. A single measured unit: [1, 1].
 * RangeError for counts that are none or a level outside (0, 1).
 * Source: M. Mogstad, J. Romano, A. Shaikh, D. Wilhelm, Review of Economic Studies 91 (2024), with finite-sample tests.
 */
export function rankSets(units: readonly Counts[], options: RankSetOptions): (RankSet | null)[] {
  const { level } = options
  requireLevel(level)
  const isLowerBetter = readBetter(options.better) === 'lower'
  const { cellOf, cells, measured } = toCells(units)
  const order = cells
    .map((cell, index) => ({ cell, index }))
    .sort((a, b) => compareShares(b.cell, a.cell) || a.cell.whole - b.cell.whole)
  const { above, below } = declare(
    order.map(({ cell }) => cell),
    measured,
    1 - level,
  )
  const [better, worse] = isLowerBetter ? [below, above] : [above, below]
  const sets: RankSet[] = cells.map(() => ({ low: 1, high: measured }))
  for (const [place, { index }] of order.entries()) {
    sets[index] = { low: 1 + (better[place] ?? 0), high: measured - (worse[place] ?? 0) }
  }
  return cellOf.map((cell) => (cell === null ? null : (sets[cell] ?? null)))
}
