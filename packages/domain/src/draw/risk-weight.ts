/** Local hours of a check by night: from the first on, and before the second. The office's duty night. */
export const NIGHT = { fromHour: 22, toHour: 6 } as const

/** Failed checks of a quarter from which on a unit is proposed one slip more. A house rule, not of any regulation. */
export const FAILED_CHECKS_OF_RISK = 2
/** Late reports of a quarter from which on a unit is proposed one slip more; of the same kind. */
export const LATE_REPORTS_OF_RISK = 3

export const RISK_REASONS = ['failed_checks', 'missing_reports', 'late_reports', 'quiet'] as const
export type RiskReason = (typeof RISK_REASONS)[number]

/** What the table of the quarter before has of a unit; counts. */
export interface RiskFacts {
  readonly checkPassed: number
  readonly checkTotal: number
  readonly missing: number
  readonly late: number
  /** Put into the pool by a person because it reports unusually little. */
  readonly isQuiet: boolean
}

/** A proposal that a person takes or leaves. */
export interface RiskProposal {
  /** Slips in the urn: 1 and one more for each reason. */
  readonly weight: number
  /** In the order of RISK_REASONS; empty = weight 1. */
  readonly reasons: readonly RiskReason[]
}

/**
 * Proposes slips in the urn: one, and one more each for two or more failed checks, for reports that never came, for three or more
 * late ones, and for a silence that a person put in.
 */
export function proposeRiskWeight({ checkPassed, checkTotal, isQuiet, late, missing }: RiskFacts): RiskProposal {
  const holds: Readonly<Record<RiskReason, boolean>> = {
    failed_checks: checkTotal - checkPassed >= FAILED_CHECKS_OF_RISK,
    missing_reports: missing > 0,
    late_reports: late >= LATE_REPORTS_OF_RISK,
    quiet: isQuiet,
  }
  const reasons = RISK_REASONS.filter((reason) => holds[reason])
  return { weight: 1 + reasons.length, reasons }
}
