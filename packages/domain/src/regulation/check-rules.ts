import { DUTY_MODES, FINDINGS, MISREPORT_KINDS, STAGES, TIERS } from '../facts/facts.ts'
import { DEDUCTION_CODES, type DeductionCode, EVENT_DEDUCTION_CODES } from './deduction-codes.ts'
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

/** Pairs of rules that are for the same thing, each pair once. */
function overlaps<T extends { readonly clause: string }>(
  part: string,
  rules: readonly T[],
  isFor: (rule: T) => boolean,
  seen: Set<string>,
): RegulationProblem[] {
  const [first, ...others] = rules.filter(isFor)
  if (first === undefined) return []
  return others.flatMap((rule): RegulationProblem[] => {
    const key = `${part}/${rules.indexOf(first)}/${rules.indexOf(rule)}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ reason: 'rules_overlap', clause: rule.clause, part, params: { other: first.clause } }]
  })
}

/** Limits, follow-ups, elements: every event has one limit, and nothing is ruled twice. */
export function checkEventRules(regulation: Regulation): RegulationProblem[] {
  const { completeness, deadlines, deductions, followUps } = regulation
  const problems: RegulationProblem[] = []
  const seen = new Set<string>()
  for (const kind of eventKinds()) {
    const { category, level, tier } = kind
    const isFor = (rule: AppliesTo): boolean => appliesTo(rule, level, category, tier)
    const written = deadlines.find((one) => one.stage === 'first' && one.channel === 'written' && isFor(one))
    if (written === undefined)
      problems.push({ reason: 'level_without_limit', clause: null, part: 'deadlines', params: kind })
    const phone = deadlines.find((one) => one.stage === 'first' && one.channel === 'phone' && isFor(one))
    if (written !== undefined && phone !== undefined && phone.limitSeconds > written.limitSeconds) {
      const key = `phone/${deadlines.indexOf(phone)}/${deadlines.indexOf(written)}`
      if (!seen.has(key)) {
        const params = { level, other: written.clause }
        problems.push({ reason: 'phone_after_written', clause: phone.clause, part: 'deadlines', params })
      }
      seen.add(key)
    }
    for (const stage of ['first', 'final'] as const) {
      for (const channel of ['phone', 'written'] as const) {
        problems.push(
          ...overlaps(
            'deadlines',
            deadlines,
            (one) => one.stage === stage && one.channel === channel && isFor(one),
            seen,
          ),
        )
      }
    }
    problems.push(...overlaps('followUps', followUps, isFor, seen))
    for (const stage of STAGES) {
      problems.push(...overlaps('completeness', completeness, (one) => one.stage === stage && isFor(one), seen))
    }
    for (const code of EVENT_DEDUCTION_CODES) {
      problems.push(...overlaps('deductions', deductions, (one) => one.code === code && isFor(one), seen))
    }
  }
  return [...problems, ...checkSchedules(regulation)]
}

function checkSchedules({ completeness, deadlines, followUps }: Regulation): RegulationProblem[] {
  const problems: RegulationProblem[] = []
  for (const { channel, clause, stage } of deadlines) {
    if (stage === 'final' && channel === 'phone') {
      problems.push({ reason: 'final_by_phone', clause, part: 'deadlines', params: {} })
    }
  }
  for (const { clause, schedule } of followUps) {
    if (schedule.kind === 'every_hours') continue
    const { minutes } = schedule
    if (minutes.length === 0) problems.push({ reason: 'schedule_empty', clause, part: 'followUps', params: {} })
    if (minutes.some((minute, index) => index > 0 && minute <= (minutes[index - 1] ?? 0))) {
      problems.push({ reason: 'schedule_disorder', clause, part: 'followUps', params: {} })
    }
  }
  for (const { clause, required } of completeness) {
    if (required.length === 0) problems.push({ reason: 'elements_empty', clause, part: 'completeness', params: {} })
  }
  return problems
}

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
  const costsPoints = shape.kind !== 'zero_month' && regulation.items === null
  if (costsPoints && regulation.dimensions[dimension].base === 0) add('dimension_without_points', { dimension })
  return problems
}

/** Deductions: each fits its fault, and nothing costs twice. */
export function checkDeductions(regulation: Regulation): RegulationProblem[] {
  const { deductions } = regulation
  const seen = new Set<string>()
  const problems = deductions.flatMap((rule) => checkDeduction(rule, regulation))
  const standing = DEDUCTION_CODES.filter((code) => !isIn(EVENT_DEDUCTION_CODES, code))
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
  return problems
}
