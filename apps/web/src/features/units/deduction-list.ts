import type { UnitDeduction } from '@zhidu/contract'
import { type Dimension, DIMENSIONS } from '@zhidu/domain'

export const DEDUCTION_ORDERS = ['points', 'time'] as const
export type DeductionOrder = (typeof DEDUCTION_ORDERS)[number]

export interface DeductionRow {
  /** Stands for this deduction in the address of the page; several may share code and ref (missed slots). */
  readonly key: string
  readonly deduction: UnitDeduction
}

export function deductionKey(deduction: UnitDeduction): string {
  return `${deduction.code}:${deduction.ref}:${deduction.at.slice(0, 19)}`
}

/** Costliest first, or earliest first; what is equal stays in the order of the rules, then of time. */
export function buildDeductionRows(
  deductions: readonly UnitDeduction[],
  view: { readonly order: DeductionOrder; readonly dimension: Dimension | null },
): DeductionRow[] {
  const byTime = (a: UnitDeduction, b: UnitDeduction): number => Date.parse(a.at) - Date.parse(b.at)
  const byRule = (a: UnitDeduction, b: UnitDeduction): number =>
    DIMENSIONS.indexOf(a.dimension) - DIMENSIONS.indexOf(b.dimension)
  return deductions
    .filter((deduction) => view.dimension === null || deduction.dimension === view.dimension)
    .toSorted((a, b) =>
      view.order === 'time' ? byTime(a, b) || byRule(a, b) : b.points - a.points || byRule(a, b) || byTime(a, b),
    )
    .map((deduction) => ({ key: deductionKey(deduction), deduction }))
}

/** How many deductions each dimension has; all dimensions, in the order of the rules. */
export function countByDimension(deductions: readonly UnitDeduction[]): { dimension: Dimension; count: number }[] {
  return DIMENSIONS.map((dimension) => ({
    dimension,
    count: deductions.filter((deduction) => deduction.dimension === dimension).length,
  }))
}
