import { type ElementMask, toElementMask } from '../completeness/element-mask.ts'
import { CATEGORIES, type Category, type Level, LEVELS, type Stage, STAGES, type Tier, TIERS } from '../facts/facts.ts'
import { EVENT_DEDUCTION_CODES, type EventDeductionCode } from './deduction-codes.ts'
import type { AppliesTo, ClockRule, DeadlineRule, DeductionRule, FollowUpSchedule, Regulation } from './regulation.ts'

export interface ElementsRule {
  readonly clause: string
  readonly stage: Stage
  readonly required: ElementMask
  readonly supplementSeconds: number
}

/** What a regulation asks of events of one level and category by a unit of one tier. */
export interface EventRules {
  readonly clockStartsAt: ClockRule['startsAt']
  /** Of the limit of the written first report. */
  readonly citation: string
  /** null = no call is owed. */
  readonly phoneLimitSeconds: number | null
  readonly writtenLimitSeconds: number
  /** From the written first report; null = no final report is owed by a time. */
  readonly finalLimitSeconds: number | null
  /** Ids of the clauses that set the limits; empty where there is none. */
  readonly limitClauses: { readonly phone: string; readonly written: string; readonly final: string }
  /** Times of day ascending, the end of a day as 00:00 of the next. */
  readonly followUps: FollowUpSchedule | null
  /** Those of the first report first. */
  readonly completeness: readonly ElementsRule[]
  readonly deductions: Readonly<Partial<Record<EventDeductionCode, DeductionRule>>>
}

const DAY_MINUTES = 24 * 60

/** True when a rule is for events of this level and category by units of this tier. */
export function appliesTo(rule: AppliesTo, level: Level, category: Category, tier: Tier): boolean {
  return (
    (rule.levels === null || rule.levels.includes(level)) &&
    (rule.categories === null || rule.categories.includes(category)) &&
    (rule.tiers === null || rule.tiers.includes(tier))
  )
}

export function findDeadline(
  regulation: Pick<Regulation, 'deadlines'>,
  what: Pick<DeadlineRule, 'stage' | 'channel'>,
  level: Level,
  category: Category,
  tier: Tier,
): DeadlineRule | undefined {
  return regulation.deadlines.find(
    (rule) => rule.stage === what.stage && rule.channel === what.channel && appliesTo(rule, level, category, tier),
  )
}

function normalise(schedule: FollowUpSchedule): FollowUpSchedule {
  if (schedule.kind === 'every_hours') return schedule
  const minutes = [...new Set(schedule.minutes.map((minute) => minute % DAY_MINUTES))].sort((a, b) => a - b)
  return { ...schedule, minutes }
}

function compile(regulation: Regulation, level: Level, category: Category, tier: Tier): EventRules {
  const isFor = (rule: AppliesTo): boolean => appliesTo(rule, level, category, tier)
  const deadline = (stage: DeadlineRule['stage'], channel: DeadlineRule['channel']) =>
    findDeadline(regulation, { stage, channel }, level, category, tier)
  const written = deadline('first', 'written')
  if (written === undefined) throw new RangeError(`no limit for ${level} ${category} ${tier} in ${regulation.id}`)
  const deductions: Partial<Record<EventDeductionCode, DeductionRule>> = {}
  for (const code of EVENT_DEDUCTION_CODES) {
    const rule = regulation.deductions.find((one) => one.code === code && isFor(one))
    if (rule !== undefined) deductions[code] = rule
  }
  const followUp = regulation.followUps.find(isFor)
  const call = deadline('first', 'phone')
  const final = deadline('final', 'written')
  return {
    clockStartsAt: regulation.clocks[level].startsAt,
    citation: regulation.clauses.find(({ id }) => id === written.clause)?.citation ?? '',
    phoneLimitSeconds: call?.limitSeconds ?? null,
    writtenLimitSeconds: written.limitSeconds,
    finalLimitSeconds: final?.limitSeconds ?? null,
    limitClauses: { phone: call?.clause ?? '', written: written.clause, final: final?.clause ?? '' },
    followUps: followUp === undefined ? null : normalise(followUp.schedule),
    completeness: regulation.completeness
      .filter(isFor)
      .sort((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage))
      .map((rule) => ({
        clause: rule.clause,
        stage: rule.stage,
        required: toElementMask(rule.required),
        supplementSeconds: rule.supplementSeconds,
      })),
    deductions,
  }
}

const compiled = new WeakMap<Regulation, Map<string, EventRules>>()

/**
 * The rules for events of a level and category by a unit of a tier.
 * Throws RangeError where the regulation sets no limit, which `checkRegulation` reports.
 */
export function eventRulesOf(regulation: Regulation, level: Level, category: Category, tier: Tier): EventRules {
  let rules = compiled.get(regulation)
  if (rules === undefined) {
    rules = new Map()
    compiled.set(regulation, rules)
  }
  const key = `${level}/${category}/${tier}`
  const known = rules.get(key)
  if (known !== undefined) return known
  const made = compile(regulation, level, category, tier)
  rules.set(key, made)
  return made
}

/** Every level, category and tier there is. */
export function* eventKinds(): Generator<{ readonly level: Level; readonly category: Category; readonly tier: Tier }> {
  for (const level of LEVELS)
    for (const category of CATEGORIES) for (const tier of TIERS) yield { level, category, tier }
}

/** Levels whose clock starts when the event occurred; the others' starts when the unit learned of it. */
export function levelsByOccurrence(regulation: Pick<Regulation, 'clocks'>): Level[] {
  return LEVELS.filter((level) => regulation.clocks[level].startsAt === 'occurred_at')
}
