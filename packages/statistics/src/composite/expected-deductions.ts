import { requireCount } from '../input/counts.ts'

/** Faults by unit and class of fault. */
export interface DeductionTable {
  /** Points off for one fault of each class, ≥ 0. */
  readonly deductionPerFault: readonly number[]
  /** A row per unit, a column per class: how often it could have gone wrong, and how often it did. */
  readonly opportunities: readonly (readonly number[])[]
  readonly faults: readonly (readonly number[])[]
}

/** Columns have one entry per unit; null = the unit had no opportunity at all: no score, neither 100 nor 0. */
export interface ExpectedDeductions {
  /** Share of opportunities gone wrong in the whole group, per class; null = the class had none. */
  readonly pbar: readonly (number | null)[]
  /** Points off. */
  readonly D: readonly (number | null)[]
  /** 100 − D, the official score before its caps. */
  readonly rawScore: readonly (number | null)[]
  /** Points off that the group's shares make of the unit's opportunities. */
  readonly E: readonly (number | null)[]
  /** D/E: 1 = as peers with the same volume. 1 as well where nobody made a fault the unit could have made. */
  readonly ratio: readonly (number | null)[]
  /** Variance of D by luck. */
  readonly V: readonly (number | null)[]
  /** (D − E)/√V; 0 where V is 0. */
  readonly z: readonly (number | null)[]
  /** 100 − ratio × the group's mean D. */
  readonly standardisedScore: readonly (number | null)[]
  /** The ratio after allowing for luck. */
  readonly shrunkRatio: readonly (number | null)[]
  readonly meanD: number | null
  /** Variance of the true ratios. */
  readonly tau2: number
}

interface Row {
  readonly D: number
  readonly E: number
  readonly V: number
  readonly ratio: number
}

function requireTable({ deductionPerFault, faults, opportunities }: DeductionTable): void {
  for (const [index, points] of deductionPerFault.entries()) {
    if (!(points >= 0 && points < Infinity)) {
      throw new RangeError(`deductionPerFault[${index}] must be a finite number ≥ 0: ${points}`)
    }
  }
  if (faults.length !== opportunities.length) throw new RangeError('faults must have a row per row of opportunities')
  for (const [unit, row] of opportunities.entries()) {
    const made = faults[unit] ?? []
    if (row.length !== deductionPerFault.length || made.length !== row.length) {
      throw new RangeError(`opportunities[${unit}] and faults[${unit}] must have a value per class`)
    }
    for (const [index, whole] of row.entries()) {
      const part = made[index] ?? 0
      requireCount(whole, `opportunities[${unit}][${index}]`)
      requireCount(part, `faults[${unit}][${index}]`)
      if (part > whole)
        throw new RangeError(`faults[${unit}][${index}] must not exceed the opportunities: ${part} of ${whole}`)
    }
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Moment estimate of the variance of the true ratios, weights E: (Q − Σ E v (1 − E/ΣE)) / (ΣE − ΣE²/ΣE), v = V/E². */
function betweenRatios(rows: readonly Row[], mean: number): number {
  const used = rows.filter(({ E }) => E > 0)
  const total = sum(used.map(({ E }) => E))
  const spread = sum(used.map(({ E, ratio }) => E * (ratio - mean) ** 2))
  const noise = sum(used.map(({ E, V }) => (V / E) * (1 - E / total)))
  const scale = total - sum(used.map(({ E }) => E * E)) / total
  return used.length > 1 && scale > 0 ? Math.max(0, (spread - noise) / scale) : 0
}

/**
 * Points off corrected for opportunity by indirect standardisation: p̄_c = Σk/Σn per class, E = Σ w n p̄, ratio D/E, V = Σ w² n p̄(1−p̄),
 * z = (D−E)/√V, shrunkRatio = m + τ²/(τ² + V/E²)(ratio − m) with m the E-weighted mean. The raw score stays the official number; this is
 * the fair comparison beside it. Uncapped: where points have caps, compare by this and score by the caps. V takes faults as independent.
 * RangeError for rows that do not match, counts that are none, faults above opportunities, deductions < 0.
 */
export function expectedDeductions(table: DeductionTable): ExpectedDeductions {
  requireTable(table)
  const { deductionPerFault: points, faults, opportunities } = table
  const pbar = points.map((_, c) => {
    const whole = sum(opportunities.map((row) => row[c] ?? 0))
    return whole === 0 ? null : sum(faults.map((row) => row[c] ?? 0)) / whole
  })
  const rows = opportunities.map((row, unit): Row | null => {
    if (sum(row) === 0) return null
    const D = sum(points.map((point, c) => point * (faults[unit]?.[c] ?? 0)))
    const E = sum(points.map((point, c) => point * (row[c] ?? 0) * (pbar[c] ?? 0)))
    const V = sum(points.map((point, c) => point * point * (row[c] ?? 0) * (pbar[c] ?? 0) * (1 - (pbar[c] ?? 0))))
    return { D, E, V, ratio: E > 0 ? D / E : 1 }
  })
  const measured = rows.filter((row) => row !== null)
  const totalE = sum(measured.map(({ E }) => E))
  const mean = totalE > 0 ? sum(measured.map(({ E, ratio }) => E * ratio)) / totalE : 1
  const tau2 = betweenRatios(measured, mean)
  const meanD = measured.length === 0 ? null : sum(measured.map(({ D }) => D)) / measured.length
  const column = (valueOf: (row: Row) => number): (number | null)[] => rows.map((row) => row && valueOf(row))
  return {
    pbar,
    D: column(({ D }) => D),
    rawScore: column(({ D }) => 100 - D),
    E: column(({ E }) => E),
    ratio: column(({ ratio }) => ratio),
    V: column(({ V }) => V),
    z: column(({ D, E, V }) => (V > 0 ? (D - E) / Math.sqrt(V) : 0)),
    standardisedScore: column(({ ratio }) => 100 - ratio * (meanD ?? 0)),
    shrunkRatio: column(({ E, V, ratio }) => shrink(ratio, { mean, tau2, error: E > 0 ? V / (E * E) : Infinity })),
    meanD,
    tau2,
  }
}

function shrink(ratio: number, { error, mean, tau2 }: { error: number; mean: number; tau2: number }): number {
  if (tau2 === 0) return mean
  return mean + (tau2 / (tau2 + error)) * (ratio - mean)
}
