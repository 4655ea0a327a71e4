import type { DeductionCode } from '../regulation/deduction-codes.ts'
import type { DeductionRule, DeductionShape, Regulation } from '../regulation/regulation.ts'
import type { RegulationProblem, RegulationProblemReason } from '../regulation/regulation-problem.ts'
import { SAMPLE_REGULATION as SAMPLE } from '../regulation/samples/sample-regulation.ts'

/** A contradiction: its reason, what it is, the rules that hold it, and the problems it is reported as. */
export type Contradiction = readonly [
  reason: RegulationProblemReason,
  what: string,
  regulation: Regulation,
  problems: readonly Omit<RegulationProblem, 'reason'>[],
]

/** The rules with the shape of one fault changed. */
export function withShape(regulation: Regulation, code: DeductionCode, shape: DeductionShape): Regulation {
  return withRule(regulation, code, { shape })
}

export function withRule(regulation: Regulation, code: DeductionCode, change: Partial<DeductionRule>): Regulation {
  const deductions = regulation.deductions.map((rule) => (rule.code === code ? { ...rule, ...change } : rule))
  return { ...regulation, deductions }
}

export function withDimension(
  dimension: keyof Regulation['dimensions'],
  change: Partial<Regulation['dimensions']['filing']>,
): Regulation {
  const { dimensions } = SAMPLE
  return { ...SAMPLE, dimensions: { ...dimensions, [dimension]: { ...dimensions[dimension], ...change } } }
}

/** All five weights, in hundredths of a percent. */
export function weighted(...weights: readonly number[]): Regulation {
  const { dimensions: rules } = SAMPLE
  return {
    ...SAMPLE,
    grades: { ...SAMPLE.grades, excellent: 18_00, good: 16_00, fair: 12_00 },
    dimensions: {
      timeliness: { ...rules.timeliness, weight: weights[0] ?? null },
      completeness: { ...rules.completeness, weight: weights[1] ?? null },
      truthfulness: { ...rules.truthfulness, weight: weights[2] ?? null },
      discipline: { ...rules.discipline, weight: weights[3] ?? null },
      filing: { ...rules.filing, weight: weights[4] ?? null },
    },
  }
}

/** The first version of the limit of final reports that tests need. */
export const finalLimit = {
  levels: null,
  categories: null,
  tiers: null,
  clause: '5-T-2',
  stage: 'final',
  limitSeconds: 86_400,
} as const
