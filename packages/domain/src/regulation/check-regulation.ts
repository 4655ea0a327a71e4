import { quarterOfDate, quarterRange } from '../calendar/quarter.ts'
import { type MisreportKind, type Tier, TIERS } from '../facts/facts.ts'
import { roundHalfUp } from '../ratio/round.ts'
import { checkDeductions } from './check-deductions.ts'
import { checkEventRules } from './check-rules.ts'
import { checkValues } from './check-values.ts'
import { findDeductionRule } from './deduction-rule.ts'
import { type AppliesTo, DIMENSIONS, type Hundredths, type Regulation, WHOLE_WEIGHT } from './regulation.ts'
import type { RegulationProblem } from './regulation-problem.ts'

function checkClauses(regulation: Regulation): RegulationProblem[] {
  const ids = regulation.clauses.map(({ id }) => id)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  const uses = clauseUses(regulation).filter(({ clause }) => !ids.includes(clause))
  return [
    ...twice.map((clause): RegulationProblem => ({ reason: 'clause_twice', clause, part: 'clauses', params: {} })),
    ...uses.map(({ clause, part }): RegulationProblem => ({ reason: 'clause_unknown', clause, part, params: {} })),
  ]
}

interface ClauseUse {
  readonly part: string
  readonly clause: string
}

/** Which part names which clause, in the order of the document. */
export function clauseUses(regulation: Regulation): ClauseUse[] {
  const { clocks, completeness, deadlines, deductions, followUps, items, preReport, vetoes, workload } = regulation
  const of = (part: string, rules: readonly ({ readonly clause: string } | null)[]): ClauseUse[] =>
    rules.flatMap((rule) => (rule === null ? [] : [{ part, clause: rule.clause }]))
  return [
    ...of('clocks', Object.values(clocks)),
    ...of('deadlines', deadlines),
    ...of('preReport', [preReport]),
    ...of('followUps', followUps),
    ...of('completeness', completeness),
    ...of('deductions', deductions),
    ...of('understatement', [regulation.understatement ?? null]),
    ...of('honestCorrection', [regulation.honestCorrection ?? null]),
    ...of('lists', [regulation.lists ?? null]),
    ...of('dutyLog', [regulation.dutyLog ?? null]),
    ...of('filing', [regulation.filing]),
    ...of('items', [items]),
    ...of('workload', [workload]),
    ...of('bonus', [regulation.bonus]),
    ...of('grades', [regulation.grades]),
    ...of('vetoes', vetoes),
    ...of('commendation', [regulation.commendation]),
    ...of('phoneCheck', [regulation.phoneCheck]),
    ...of('dueProcess', [regulation.dueProcess]),
  ]
}

function checkDimensions({ dimensions, items, total }: Regulation): RegulationProblem[] {
  const problems: RegulationProblem[] = []
  for (const dimension of DIMENSIONS) {
    const { base, cap, floor } = dimensions[dimension]
    const add = (reason: RegulationProblem['reason']): void => {
      problems.push({ reason, clause: null, part: 'dimensions', params: { dimension } })
    }
    if (cap < floor) add('cap_below_floor')
    else if (base < floor || base > cap) add('base_outside_bounds')
  }
  if (total.cap !== null && total.floor !== null && total.cap < total.floor) {
    problems.push({ reason: 'cap_below_floor', clause: null, part: 'total', params: {} })
  }
  const weights = DIMENSIONS.map((dimension) => dimensions[dimension].weight)
  if (weights.every((weight) => weight === null)) return problems
  const value = weights.reduce((sum: number, weight) => sum + (weight ?? 0), 0)
  if (weights.includes(null) || value !== WHOLE_WEIGHT || items !== null) {
    const params = { value, min: WHOLE_WEIGHT, max: WHOLE_WEIGHT }
    problems.push({ reason: 'weights_do_not_sum', clause: null, part: 'dimensions', params })
  }
  return problems
}

/** The most that can be reached without bonus; Infinity for a method by items. */
export function fullPointsOf({ dimensions, items, workload }: Regulation): Hundredths {
  if (items !== null) return Infinity
  const sum = DIMENSIONS.reduce((points, dimension) => {
    const { base, weight } = dimensions[dimension]
    return points + (weight === null ? base : roundHalfUp((base * weight) / WHOLE_WEIGHT))
  }, 0)
  return sum + (workload?.max ?? 0)
}

/** The most that the grade can go by. */
export function bestPointsOf(regulation: Regulation): Hundredths {
  const { bonus, grades, total } = regulation
  const hasBonus = grades.by === 'with_bonus' && Object.values(bonus.points).some((points) => points > 0)
  const full = fullPointsOf(regulation) + (hasBonus ? (bonus.maxPerPeriod ?? Infinity) : 0)
  return Math.min(full, total.cap ?? Infinity)
}

function checkGrades(regulation: Regulation): RegulationProblem[] {
  const { clause, excellent, fair, good } = regulation.grades
  const problems: RegulationProblem[] = []
  if (!(excellent > good && good > fair))
    problems.push({ reason: 'grades_disorder', clause, part: 'grades', params: {} })
  const max = bestPointsOf(regulation)
  if (excellent > max) {
    problems.push({ reason: 'grade_out_of_reach', clause, part: 'grades', params: { value: excellent, max } })
  }
  return problems
}

function checkMethod(regulation: Regulation): RegulationProblem[] {
  const { effectiveFrom, items, period, vetoes, workload } = regulation
  const problems: RegulationProblem[] = []
  if (effectiveFrom !== null && quarterRange(quarterOfDate(effectiveFrom)).firstOn !== effectiveFrom) {
    problems.push({ reason: 'effective_mid_quarter', clause: null, part: 'effectiveFrom', params: {} })
  }
  if (items !== null && period === 'month') {
    problems.push({ reason: 'items_by_month', clause: items.clause, part: 'items', params: {} })
  }
  if (items !== null && workload !== null) {
    const params = { other: items.clause }
    problems.push({ reason: 'items_with_workload', clause: workload.clause, part: 'workload', params })
  }
  for (const { barsCommendation, clause, gradeCap, misreports } of vetoes) {
    if (misreports.length === 0) problems.push({ reason: 'misreports_empty', clause, part: 'vetoes', params: {} })
    if (gradeCap === 'excellent' && !barsCommendation) {
      problems.push({ reason: 'veto_without_effect', clause, part: 'vetoes', params: {} })
    }
  }
  return [...problems, ...checkAbsorption(regulation)]
}

/** The first tier of units whom a misreport of that kind costs nothing; undefined = it costs everybody. */
export function freeTierOf(kind: MisreportKind, regulation: Regulation): Tier | undefined {
  return TIERS.find((tier) => {
    const shape = findDeductionRule(regulation, kind, { tier, dutyMode: null })?.shape
    return shape?.kind !== 'zero_month' && !(shape?.kind === 'fixed' && shape.points > 0)
  })
}

/** A misreport that takes the place of what its event costs must cost something itself, whatever the unit's tier. */
function checkAbsorption(regulation: Regulation): RegulationProblem[] {
  return regulation.absorbingMisreports.flatMap((code): RegulationProblem[] => {
    const tier = freeTierOf(code, regulation)
    if (tier === undefined) return []
    const clause = findDeductionRule(regulation, code, { tier, dutyMode: null })?.clause ?? null
    return [{ reason: 'absorbs_for_free', clause, part: 'absorbingMisreports', params: { code, tier } }]
  })
}

/** Lists that name something twice. */
function checkLists(regulation: Regulation): RegulationProblem[] {
  const lists: readonly NamedList[] = [
    ['groups', null, regulation.groups],
    ['absorbingMisreports', null, regulation.absorbingMisreports],
    ['filing', regulation.filing.clause, regulation.filing.forms],
    ['commendation', regulation.commendation.clause, regulation.commendation.grades],
    ...regulation.completeness.map(({ clause, required }) => ['completeness', clause, required] as const),
    ...regulation.vetoes.map(({ clause, misreports }) => ['vetoes', clause, misreports] as const),
    ...scopeLists(regulation),
  ]
  return lists
    .filter(([, , list]) => list !== null && new Set(list).size < list.length)
    .map(([part, clause]) => ({ reason: 'listed_twice', clause, part, params: {} }))
}

interface Scoped extends AppliesTo {
  readonly clause: string
  readonly dutyModes?: readonly string[] | null
}

type NamedList = readonly [part: string, clause: string | null, list: readonly string[] | null]

/** The lists by which rules say what they are for; null = everything. */
function scopeLists(regulation: Regulation): NamedList[] {
  const of = (part: string, rules: readonly Scoped[]): NamedList[] =>
    rules.flatMap((rule) =>
      [rule.levels, rule.categories, rule.tiers, rule.dutyModes ?? null].map((list): NamedList => [
        part,
        rule.clause,
        list,
      ]),
    )
  return [
    ...of('deadlines', regulation.deadlines),
    ...of('followUps', regulation.followUps),
    ...of('completeness', regulation.completeness),
    ...of('deductions', regulation.deductions),
  ]
}

/** Rules that are for nothing. */
function checkScopes(regulation: Regulation): RegulationProblem[] {
  return scopeLists(regulation)
    .filter(([, , list]) => list?.length === 0)
    .map(([part, clause]) => ({ reason: 'applies_to_nothing', clause, part, params: {} }))
}

/**
 * What contradicts what, or is missing, in a regulation whose shape is right; empty = it can be used. In the order of the
 * document's parts.
 */
export function checkRegulation(regulation: Regulation): RegulationProblem[] {
  return [
    ...checkClauses(regulation),
    ...checkValues(regulation),
    ...checkScopes(regulation),
    ...checkEventRules(regulation),
    ...checkDimensions(regulation),
    ...checkDeductions(regulation),
    ...checkMethod(regulation),
    ...checkGrades(regulation),
    ...checkLists(regulation),
  ]
}

/**
 * Versions of the rules that would be in force at once, or bear one name; each problem with the version that would have
 * been accepted first. `versions`: published or to be published, in any order.
 */
export function checkVersions(
  versions: readonly Pick<Regulation, 'id' | 'version' | 'effectiveFrom'>[],
): RegulationProblem[] {
  return versions.flatMap((one, index): RegulationProblem[] => {
    const earlier = versions.slice(0, index)
    const problem = (reason: RegulationProblem['reason'], part: string, other: { readonly version: string }) => {
      return { reason, clause: null, part, params: { other: other.version } }
    }
    const named = earlier.find(({ id, version }) => id === one.id && version === one.version)
    const sameDay = earlier.find(({ effectiveFrom }) => effectiveFrom === one.effectiveFrom)
    return [
      ...(named === undefined ? [] : [problem('version_twice', 'version', named)]),
      ...(sameDay === undefined ? [] : [problem('versions_overlap', 'effectiveFrom', sameDay)]),
    ]
  })
}
