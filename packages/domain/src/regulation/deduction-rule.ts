import type { DutyMode, Tier } from '../facts/facts.ts'
import { roundHalfUp } from '../ratio/round.ts'
import type { DeductionCode } from './deduction-codes.ts'
import type { DeductionRule, Hundredths, Regulation } from './regulation.ts'

/** The rule for a fault that has no level of its own: a finding, a misreport, a form. undefined = it costs nothing. */
export function findDeductionRule(
  regulation: Pick<Regulation, 'deductions'>,
  code: DeductionCode,
  where: { readonly tier: Tier; readonly dutyMode: DutyMode | null },
): DeductionRule | undefined {
  return regulation.deductions.find(
    (rule) =>
      rule.code === code &&
      (rule.tiers === null || rule.tiers.includes(where.tier)) &&
      (rule.dutyModes === null || (where.dutyMode !== null && rule.dutyModes.includes(where.dutyMode))),
  )
}

/** Points of a rule for one fault. `itemPoints`: of the item it is about; null = none. */
export function faultPoints(rule: DeductionRule | undefined, itemPoints: Hundredths | null = null): Hundredths {
  if (rule?.shape.kind === 'fixed') return rule.shape.points
  if (rule?.shape.kind === 'percent_of_item') return roundHalfUp(((itemPoints ?? 0) * rule.shape.percent) / 100)
  return 0
}
