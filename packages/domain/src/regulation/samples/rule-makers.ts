import type { Level } from '../../facts/facts.ts'
import type { RuledDeductionCode } from '../deduction-codes.ts'
import type {
  AppliesTo,
  DeadlineRule,
  DeductionRule,
  DeductionShape,
  Dimension,
  DimensionRule,
  Hundredths,
  RegulationClause,
} from '../regulation.ts'

/** For every level, category and tier. */
export const EVERY: AppliesTo = { levels: null, categories: null, tiers: null }

export function forLevels(...levels: readonly Level[]): AppliesTo {
  return { ...EVERY, levels }
}

export function clause(id: string, label: string, citation: string): RegulationClause {
  return { id, label, citation }
}

/** A dimension that starts at `base` and stops at 0; a base of 0 = the method has none. */
export function dimension(base: Hundredths, title: string | null = null): DimensionRule {
  return { title, base, floor: 0, cap: base, weight: null }
}

export function written(clauseId: string, minutes: number, ...levels: readonly Level[]): DeadlineRule {
  return { ...forLevels(...levels), clause: clauseId, stage: 'first', channel: 'written', limitSeconds: minutes * 60 }
}

export function phone(clauseId: string, minutes: number, ...levels: readonly Level[]): DeadlineRule {
  return { ...forLevels(...levels), clause: clauseId, stage: 'first', channel: 'phone', limitSeconds: minutes * 60 }
}

export function fixed(points: Hundredths): DeductionShape {
  return { kind: 'fixed', points }
}

export function deduction(
  code: RuledDeductionCode,
  clauseId: string,
  dimensionKey: Dimension,
  shape: DeductionShape,
  more: Partial<AppliesTo & Pick<DeductionRule, 'dutyModes'>> = {},
): DeductionRule {
  return { ...EVERY, dutyModes: null, ...more, clause: clauseId, code, dimension: dimensionKey, shape }
}
