import type { Cell } from '../input/cells.ts'
import { logBeta } from '../special/log-gamma.ts'

/** ln of the beta-binomial likelihood of all cells, without the binomial coefficients, at mean μ (ν = 1 − μ) and precision M. */
export type LogLikelihood = (mu: number, nu: number, precision: number) => number

/** `counts[i]` = units whose value exceeds i. */
function tally(cells: readonly Cell[], length: number, valueOf: (cell: Cell) => number): Float64Array {
  const counts = new Float64Array(length)
  for (const cell of cells) {
    const last = valueOf(cell) - 1
    if (last >= 0) counts[last] = (counts[last] ?? 0) + cell.count
  }
  for (let i = length - 2; i >= 0; i -= 1) counts[i] = (counts[i] ?? 0) + (counts[i + 1] ?? 0)
  return counts
}

/**
 * Rising factorials, factor by factor over all cells at once: ln(μM + i) and its like, with ln M taken out, since it cancels. Exact for
 * M → ∞, and the cost is that of the largest whole, not of the number of cells.
 */
function fromTallies(cells: readonly Cell[], largest: number): LogLikelihood {
  const parts = tally(cells, largest, ({ part }) => part)
  const rests = tally(cells, largest, ({ part, whole }) => whole - part)
  const wholes = tally(cells, largest, ({ whole }) => whole)
  return (mu, nu, precision) => {
    let sum = 0
    for (let i = 0; i < largest; i += 1) {
      const step = i / precision
      const [part, rest] = [parts[i] ?? 0, rests[i] ?? 0]
      if (part > 0) sum += part * Math.log(mu + step)
      if (rest > 0) sum += rest * Math.log(nu + step)
      sum -= (wholes[i] ?? 0) * Math.log1p(step)
    }
    return sum
  }
}

function fromCells(cells: readonly Cell[]): LogLikelihood {
  return (mu, nu, precision) => {
    const [alpha, beta] = [mu * precision, nu * precision]
    const prior = logBeta(alpha, beta)
    return cells.reduce(
      (sum, { count, part, whole }) => sum + count * (logBeta(part + alpha, whole - part + beta) - prior),
      0,
    )
  }
}

export function makeLogLikelihood(cells: readonly Cell[]): LogLikelihood {
  const largest = cells.reduce((most, { whole }) => Math.max(most, whole), 0)
  return largest <= 8 * cells.length + 2_000 ? fromTallies(cells, largest) : fromCells(cells)
}
