import {
  BONUS_KINDS,
  type Dimension,
  FINDINGS,
  LEVELS,
  MISREPORT_KINDS,
  type Regulation,
  SAMPLE_REGULATION,
} from '@zhidu/domain'

/** The document of the rules named on the page, when this program ships it; null for an office's own. */
export function findShippedRegulation(ref: { readonly id: string; readonly version: string }): Regulation | null {
  return ref.id === SAMPLE_REGULATION.id && ref.version === SAMPLE_REGULATION.version ? SAMPLE_REGULATION : null
}

export interface RuleLine {
  readonly dimension: Dimension
  /** Key under `method.rule`, or a word of the catalogue. */
  readonly key: string
  /** Points, ≥ 0. */
  readonly points: number
  readonly most: number | null
}

/** Every deduction of the rules with its points, in the order of the dimensions. */
export function listRuleLines({ deduction }: Regulation, followUpsPerEvent: number): RuleLine[] {
  const line = (dimension: Dimension, key: string, hundredths: number, most: number | null = null): RuleLine => ({
    dimension,
    key,
    points: hundredths / 100,
    most: most === null ? null : most / 100,
  })
  return [
    line('timeliness', 'method.rule.phone', deduction.phone),
    line('timeliness', 'method.rule.writtenLate', deduction.writtenLatePerStartedHour, deduction.writtenLateMax),
    line('timeliness', 'method.rule.writtenMissing', deduction.writtenMissing),
    line('timeliness', 'method.rule.followUp', deduction.followUpMissed, deduction.followUpMissed * followUpsPerEvent),
    line('completeness', 'method.rule.element', deduction.elementMissing, deduction.elementMissingMax),
    line('completeness', 'method.rule.eventMissing', deduction.eventMissingElements),
    ...MISREPORT_KINDS.map((kind) => line('truthfulness', `words.misreport.${kind}`, deduction.misreport[kind])),
    ...FINDINGS.map((finding) => line('discipline', `words.finding.${finding}`, deduction.finding[finding])),
    line('filing', 'method.rule.filingLate', deduction.filingLate),
    line('filing', 'method.rule.filingMissing', deduction.filingMissing),
  ]
}

export interface DeadlineLine {
  readonly level: (typeof LEVELS)[number]
  readonly phoneSeconds: number | null
  readonly writtenSeconds: number
  readonly clock: 'occurred_at' | 'learned_at'
}

export function listDeadlines({ deadlines }: Regulation): DeadlineLine[] {
  return LEVELS.map((level) => ({
    level,
    phoneSeconds: deadlines[level].phoneLimitSeconds,
    writtenSeconds: deadlines[level].writtenLimitSeconds,
    clock: deadlines[level].clockStartsAt,
  }))
}

export function listBonusLines({ bonus }: Regulation): { readonly key: string; readonly points: number }[] {
  return BONUS_KINDS.map((kind) => ({ key: `words.bonus.${kind}`, points: bonus.points[kind] / 100 }))
}
