import { type Better, readBetter } from '../input/better.ts'
import type { Counts } from '../input/counts.ts'
import { requirePositive } from '../input/require.ts'
import { type Cells, toCells } from '../input/cells.ts'
import { COARSE, FINE } from './fineness.ts'
import { gradeBlocks } from './grade-blocks.ts'
import { type Group, makeGroup } from './group.ts'
import { pairProbabilities } from './pair-probabilities.ts'
import { type BetaPrior, toPriorNodes } from './posterior-prior.ts'
import { turn } from './turn.ts'

export interface GradeOptions {
  /** Two units are worth separating when P(order) > 1 / (1 + λ): ¼ → 0.8, 1 → ½. 0 < λ ≤ 1. */
  readonly lambda: number
  readonly better?: Better
  /** Beta distribution of the true shares; left out, it is learnt from the group. */
  readonly prior?: BetaPrior
}

export interface Grades {
  /** Of each unit, 1 = best; null = not measured, or a group too small to grade. */
  readonly grades: readonly (number | null)[]
  /** What the grading gains: Σ over pairs graded apart of λπ − (1 − π). */
  readonly gain: number
  /** Expected share of all pairs that are graded apart the wrong way round. */
  readonly discordanceRate: number
  /** Expected rank correlation (Kendall's τ) of grades and truth: Σ over pairs graded apart of 2π − 1, over all pairs. */
  readonly tauBar: number
}

/** Below this many units there are no grades. */
const LEAST_UNITS = 5
const SMALL_GROUP = 60

/** Of one cell P(its unit is better than that of each other cell), averaged over what is uncertain about the prior. */
function makeRows(cells: Cells, prior: BetaPrior | undefined): (cell: number) => Float64Array {
  const fineness = cells.measured <= SMALL_GROUP && prior !== undefined ? FINE : COARSE
  const groups = toPriorNodes(cells, prior).map((node): readonly [number, Group] => [
    node.weight,
    makeGroup(cells.cells, node, { fineness, isMany: false }),
  ])
  return (cell) => {
    const row = new Float64Array(cells.cells.length)
    for (const [weight, group] of groups) {
      const one = pairProbabilities(group, cell)
      for (let i = 0; i < row.length; i += 1) row[i] = (row[i] ?? 0) + weight * (one[i] ?? 0)
    }
    return row
  }
}

function areAllAlike({ cells }: Cells): boolean {
  return cells.every(({ part }) => part === 0) || cells.every(({ part, whole }) => part === whole)
}

function grade(cells: Cells, { lambda, prior }: GradeOptions): Grades {
  const rowOf = makeRows(cells, prior)
  /** Σ over all units of P(better than the cell's), the expected rank up to a constant. */
  const expected = cells.cells.map((_, cell) =>
    rowOf(cell).reduce((sum, probability, other) => sum + (1 - probability) * (cells.cells[other]?.count ?? 0), 0),
  )
  const cellOf = cells.cellOf.flatMap((cell, unit) => (cell === null ? [] : [{ unit, cell }]))
  const order = cellOf.sort(
    (a, b) => (expected[a.cell] ?? 0) - (expected[b.cell] ?? 0) || a.cell - b.cell || a.unit - b.unit,
  )
  let known = -1
  let row: Float64Array = new Float64Array(0)
  const { concordance, discordance, gain, starts } = gradeBlocks(order.length, lambda, (j) => {
    const cell = order[j]?.cell ?? 0
    if (cell !== known) {
      known = cell
      row = rowOf(cell)
    }
    const column = row
    return (i) => 1 - (column[order[i]?.cell ?? 0] ?? 0)
  })
  const grades: (number | null)[] = cells.cellOf.map(() => null)
  for (const [place, { unit }] of order.entries()) grades[unit] = starts.filter((start) => start <= place).length
  const pairs = (order.length * (order.length - 1)) / 2
  return { grades, gain, discordanceRate: discordance / pairs, tauBar: concordance / pairs }
}

/**
 * Report-card grades: the units in order of expected rank, cut into as few or many grades as the data carry. Separating i above j gains
 * λπ − (1 − π), π = P(i better than j | data), so that a pair is worth it from π > 1/(1 + λ); the best division into contiguous grades
 * is found exactly in O(p²). One grade for all where every share is 0 or every share is 1. Fewer than five measured units are not
 * graded. RangeError for counts that are none, λ outside (0, 1], or a prior not > 0.
 * Source: P. Kline, E. Rose, C. Walters, A Discrimination Report Card, American Economic Review 114 (2024).
 */
export function grades(units: readonly Counts[], options: GradeOptions): Grades {
  const { lambda, prior } = options
  requirePositive(lambda, 'lambda')
  if (lambda > 1) throw new RangeError(`lambda must not exceed 1: ${lambda}`)
  const asGiven = toCells(units)
  const isTurned = readBetter(options.better) === 'lower'
  const turned = isTurned ? turn(units, prior) : { units, prior }
  const cells = isTurned ? toCells(turned.units) : asGiven
  const none = { gain: 0, discordanceRate: 0, tauBar: 0 }
  if (cells.measured < LEAST_UNITS) return { grades: units.map(() => null), ...none }
  if (areAllAlike(cells)) return { grades: cells.cellOf.map((cell) => (cell === null ? null : 1)), ...none }
  return grade(cells, { lambda, ...(turned.prior && { prior: turned.prior }) })
}
