import { SECOND_MS } from '../calendar/local-time.ts'
import type { ReportFact } from '../facts/facts.ts'
import type { ElementsRule } from '../regulation/event-rules.ts'
import type { DeductionShape, Hundredths } from '../regulation/regulation.ts'
import type { WrittenJudgement } from '../timeliness/written.ts'
import { countElements, type ElementMask, toElementMask } from './element-mask.ts'

/** The elements that one rule asks of one report, as known. Instants in epoch ms. */
export interface ElementsJudgement {
  readonly rule: ElementsRule
  /** When they are judged: the report + its supplement window, or the limit of an event that is missing; null = not known yet. */
  readonly judgedAt: number | null
  readonly isJudged: boolean
  /** Of those required: what counts, or what has come so far while not judged. */
  readonly given: ElementMask
}

/** Union of the elements of all reports written in `from ≤ writtenAt ≤ until`. */
function givenBetween(reports: readonly ReportFact[], from: number, until: number): ElementMask {
  let given = 0
  for (const { writtenAt, elements } of reports) {
    if (writtenAt !== null && from <= writtenAt && writtenAt <= until) given |= toElementMask(elements)
  }
  return given
}

function judgeFrom(
  rule: ElementsRule,
  reports: readonly ReportFact[],
  from: number,
  writtenAt: number,
  asOf: number,
): ElementsJudgement {
  const judgedAt = writtenAt + rule.supplementSeconds * SECOND_MS
  const given = givenBetween(reports, from, Math.min(judgedAt, asOf)) & rule.required
  return { rule, judgedAt, isJudged: judgedAt <= asOf, given }
}

/** What one rule asks of the reports of an event: one judgement for the first and the final report, one for each follow-up. */
function judgeRule(
  rule: ElementsRule,
  reports: readonly ReportFact[],
  first: WrittenJudgement,
  asOf: number,
): ElementsJudgement[] {
  if (rule.stage === 'first') {
    if (first.outcome === 'missing') return [{ rule, judgedAt: first.dueAt, isJudged: true, given: 0 }]
    if (first.at !== null) return [judgeFrom(rule, reports, -Infinity, first.at, asOf)]
    return [{ rule, judgedAt: null, isJudged: false, given: givenBetween(reports, -Infinity, asOf) & rule.required }]
  }
  const times = reports.flatMap(({ stage, writtenAt }) => {
    return stage === rule.stage && writtenAt !== null && writtenAt <= asOf ? [writtenAt] : []
  })
  // A final report sums the event up: what was reported before it counts. A follow-up stands for itself.
  const fromOf = (writtenAt: number): number => (rule.stage === 'final' ? -Infinity : writtenAt)
  return times.sort((a, b) => a - b).map((writtenAt) => judgeFrom(rule, reports, fromOf(writtenAt), writtenAt, asOf))
}

/**
 * The elements of an event by every rule, those of the first report first. A missing event has given none; until judged,
 * nothing counts.
 * Source: contract §5, completeness; card: docs/indicators/completeness.md
 */
export function judgeElements(
  reports: readonly ReportFact[],
  rules: readonly ElementsRule[],
  first: WrittenJudgement,
  asOf: number,
): ElementsJudgement[] {
  const [only] = rules
  if (rules.length === 1 && only !== undefined) return judgeRule(only, reports, first, asOf)
  return rules.flatMap((rule) => judgeRule(rule, reports, first, asOf))
}

/** What the elements of one judged report cost; 0 while they are not judged. */
export function elementPoints(
  judgement: ElementsJudgement,
  first: WrittenJudgement,
  shape: DeductionShape | undefined,
): Hundredths {
  if (!judgement.isJudged || shape?.kind !== 'per_item') return 0
  if (judgement.rule.stage === 'first' && first.outcome === 'missing') return shape.whenMissing
  const missing = countElements(judgement.rule.required & ~judgement.given)
  return Math.min(missing * shape.points, shape.max ?? Infinity)
}
