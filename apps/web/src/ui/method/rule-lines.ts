import {
  BONUS_KINDS,
  type DeductionCode,
  type DeductionShape,
  type Dimension,
  eventKinds,
  eventRulesOf,
  FINDINGS,
  type Level,
  MISREPORT_KINDS,
  type Regulation,
} from '@zhidu/domain'

export interface RuleLine {
  readonly dimension: Dimension
  /** Key under `method.rule`, or a word of the catalogue. */
  readonly key: string
  /** Points ≥ 0; percent for a share of an item, 0 for a month made zero. */
  readonly points: number
  readonly most: number | null
  /** Levels it is for; null = all. */
  readonly levels: readonly Level[] | null
  readonly shape: DeductionShape['kind']
}

/** The key under which the words of a deduction stand. */
function ruleKeyOf(code: DeductionCode): string {
  if (FINDINGS.some((finding) => finding === code)) return `words.finding.${code}`
  if (MISREPORT_KINDS.some((kind) => kind === code)) return `words.misreport.${code}`
  return `method.rule.${code}`
}

/** Every deduction of the rules with its points, in the order of the document. */
export function listRuleLines({ deductions }: Regulation): RuleLine[] {
  return deductions.flatMap(({ code, dimension, levels, shape }): RuleLine[] => {
    const line = { dimension, key: ruleKeyOf(code), levels, shape: shape.kind, points: 0, most: null }
    switch (shape.kind) {
      case 'fixed':
        return [{ ...line, points: shape.points / 100 }]
      case 'per_started_hour':
      case 'per_item': {
        const most = shape.max === null ? null : shape.max / 100
        const one = { ...line, points: shape.points / 100, most }
        if (shape.kind !== 'per_item' || shape.whenMissing === 0) return [one]
        return [one, { ...line, key: 'method.rule.eventMissing', shape: 'fixed', points: shape.whenMissing / 100 }]
      }
      case 'percent_of_item':
        return [{ ...line, points: shape.percent }]
      case 'zero_month':
        return [line]
    }
  })
}

export interface DeadlineLine {
  readonly level: Level
  readonly phoneSeconds: number | null
  readonly writtenSeconds: number
  readonly clock: 'occurred_at' | 'learned_at'
}

/** Limits of each level; a level whose limits differ by category or tier has a line for each pair of limits. */
export function listDeadlines(regulation: Regulation): DeadlineLine[] {
  const lines = new Map<string, DeadlineLine>()
  for (const { category, level, tier } of eventKinds()) {
    const rules = eventRulesOf(regulation, level, category, tier)
    const { clockStartsAt: clock, phoneLimitSeconds: phoneSeconds, writtenLimitSeconds: writtenSeconds } = rules
    lines.set(`${level}/${phoneSeconds}/${writtenSeconds}`, { level, phoneSeconds, writtenSeconds, clock })
  }
  return [...lines.values()]
}

export function listBonusLines({ bonus }: Regulation): { readonly key: string; readonly points: number }[] {
  return BONUS_KINDS.map((kind) => ({ key: `words.bonus.${kind}`, points: bonus.points[kind] / 100 }))
}
