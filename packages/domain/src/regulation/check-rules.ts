import { STAGES } from '../facts/facts.ts'
import { EVENT_DEDUCTION_CODES } from './deduction-codes.ts'
import { appliesTo, eventKinds } from './event-rules.ts'
import type { AppliesTo, Regulation } from './regulation.ts'
import type { RegulationProblem } from './regulation-problem.ts'

/** Pairs of rules that are for the same thing, each pair once. */
export function overlaps<T extends { readonly clause: string }>(
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

/** Minutes after 00:00: the same instant as 00:00 of the next day. */
const END_OF_DAY = 24 * 60

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
    const isSameInstant = minutes[0] === 0 && minutes.at(-1) === END_OF_DAY
    if (isSameInstant || minutes.some((minute, index) => minute <= (minutes[index - 1] ?? -1))) {
      problems.push({ reason: 'schedule_disorder', clause, part: 'followUps', params: {} })
    }
  }
  for (const { clause, required } of completeness) {
    if (required.length === 0) problems.push({ reason: 'elements_empty', clause, part: 'completeness', params: {} })
  }
  return problems
}
