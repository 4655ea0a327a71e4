import { DUTY_MODES, FINDINGS, MISREPORT_KINDS, TIERS } from '../facts/facts.ts'
import { overlaps } from './check-rules.ts'
import {
  type DeductionCode,
  EVENT_DEDUCTION_CODES,
  FILING_DEDUCTION_CODES,
  RULED_DEDUCTION_CODES,
  type RuledDeductionCode,
} from './deduction-codes.ts'
import { appliesTo, eventKinds } from './event-rules.ts'
import type { AppliesTo, DeductionRule, DeductionShape, Regulation } from './regulation.ts'
import type { RegulationProblem } from './regulation-problem.ts'

const isIn = <T extends string>(list: readonly T[], value: string): value is T => list.some((one) => one === value)

const ONCE: readonly DeductionShape['kind'][] = ['fixed', 'percent_of_item', 'zero_month']
const LATE: readonly DeductionShape['kind'][] = [...ONCE, 'per_started_hour']

/** The shapes that a fault can have. */
export function shapesFor(code: DeductionCode): readonly DeductionShape['kind'][] {
  if (code === 'written_late' || code === 'final_late') return LATE
  if (code === 'follow_up_missed' || code === 'element_missing') return ['per_item']
  if (isIn(MISREPORT_KINDS, code) || isIn(EVENT_DEDUCTION_CODES, code)) return ONCE
  return ['fixed', 'zero_month']
}

/** The rules under which what a fault is about comes to be owed; null = it needs none. */
function owedBy(code: RuledDeductionCode, regulation: Regulation): readonly AppliesTo[] | null {
  const { completeness, deadlines, followUps } = regulation
  if (code === 'phone_late' || code === 'phone_missing') return deadlines.filter(({ channel }) => channel === 'phone')
  if (code === 'final_late' || code === 'final_missing') return deadlines.filter(({ stage }) => stage === 'final')
  if (code === 'follow_up_missed') return followUps
  return code === 'element_missing' ? completeness : null
}

/** True when there is something that the deduction could ever be for. */
export function canArise(rule: DeductionRule, regulation: Regulation): boolean {
  if (isIn(FILING_DEDUCTION_CODES, rule.code)) return regulation.filing.forms.length > 0
  const owing = owedBy(rule.code, regulation)
  if (owing === null) return true
  const isFor = (one: AppliesTo, { category, level, tier }: EventKind): boolean => appliesTo(one, level, category, tier)
  return [...eventKinds()].some((kind) => isFor(rule, kind) && owing.some((one) => isFor(one, kind)))
}

type EventKind = ReturnType<typeof eventKinds> extends Generator<infer Kind> ? Kind : never

function checkDeduction(rule: DeductionRule, regulation: Regulation): RegulationProblem[] {
  const { clause, code, dimension, shape } = rule
  const problems: RegulationProblem[] = []
  const add = (reason: RegulationProblem['reason'], params: RegulationProblem['params'] = {}): void => {
    problems.push({ reason, clause, part: 'deductions', params: { code, ...params } })
  }
  if (!isIn(EVENT_DEDUCTION_CODES, code) && (rule.levels !== null || rule.categories !== null)) add('not_by_level')
  if (!isIn(FINDINGS, code) && rule.dutyModes !== null) add('not_by_duty_mode')
  if (!shapesFor(code).includes(shape.kind)) add('shape_does_not_fit', { shape: shape.kind })
  if (shape.kind === 'percent_of_item' && regulation.items === null) add('needs_items')
  if (shape.kind === 'zero_month' && regulation.period !== 'month') add('needs_months')
  const { base, weight } = regulation.dimensions[dimension]
  const costsPoints = shape.kind !== 'zero_month' && regulation.items === null
  if (costsPoints && (base === 0 || weight === 0)) add('dimension_without_points', { dimension })
  if (
    (shape.kind === 'per_item' || shape.kind === 'per_started_hour') &&
    shape.max !== null &&
    shape.max < shape.points
  ) {
    add('max_below_points', { value: shape.max, min: shape.points })
  }
  if (!canArise(rule, regulation)) add('nothing_owed')
  return problems
}

/** What a duty log costs can be taken from somewhere, and the most is no less than one. */
function checkDutyLog({ dimensions, dutyLog, items }: Regulation): RegulationProblem[] {
  if (dutyLog === undefined) return []
  const { clause, lateEntry, max, points } = dutyLog
  const problems: RegulationProblem[] = []
  const { base, weight } = dimensions.discipline
  if (items === null && (base === 0 || weight === 0)) {
    const params = { code: 'log_open', dimension: 'discipline' } as const
    problems.push({ reason: 'dimension_without_points', clause, part: 'dutyLog', params })
  }
  const costs = [
    ['log_open', points],
    ['log_late', lateEntry?.points ?? 0],
  ] as const
  for (const [code, min] of costs) {
    if (max === null || max >= min) continue
    problems.push({ reason: 'max_below_points', clause, part: 'dutyLog', params: { code, value: max, min } })
  }
  return problems
}

/** Deductions: each fits its fault, and nothing costs twice. */
export function checkDeductions(regulation: Regulation): RegulationProblem[] {
  const { deductions } = regulation
  const seen = new Set<string>()
  const problems = deductions.flatMap((rule) => checkDeduction(rule, regulation))
  const standing = RULED_DEDUCTION_CODES.filter((code) => !isIn(EVENT_DEDUCTION_CODES, code))
  for (const code of standing) {
    for (const tier of TIERS) {
      for (const dutyMode of isIn(FINDINGS, code) ? DUTY_MODES : [null]) {
        const isFor = (rule: DeductionRule): boolean =>
          rule.code === code &&
          (rule.tiers === null || rule.tiers.includes(tier)) &&
          (rule.dutyModes === null || dutyMode === null || rule.dutyModes.includes(dutyMode))
        problems.push(...overlaps('deductions', deductions, isFor, seen))
      }
    }
  }
  return [...problems, ...checkDutyLog(regulation)]
}
