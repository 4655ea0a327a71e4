import { DIMENSIONS, type Hundredths, type Regulation } from './regulation.ts'
import { checkDeductions, checkEventRules } from './check-rules.ts'
import type { RegulationProblem } from './regulation-problem.ts'

const WHOLE_WEIGHT = 10_000
const MAX_POINTS = 1_000_000_00
const MAX_SECONDS = 366 * 24 * 3600

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
    return points + (weight === null ? base : Math.round((base * weight) / WHOLE_WEIGHT))
  }, 0)
  return sum + (workload?.max ?? 0)
}

function checkGrades(regulation: Regulation): RegulationProblem[] {
  const { clause, excellent, fair, good } = regulation.grades
  const problems: RegulationProblem[] = []
  if (!(excellent > good && good > fair))
    problems.push({ reason: 'grades_disorder', clause, part: 'grades', params: {} })
  const max = fullPointsOf(regulation)
  if (excellent > max) {
    problems.push({ reason: 'grade_out_of_reach', clause, part: 'grades', params: { value: excellent, max } })
  }
  return problems
}

function checkMethod({ items, period, vetoes, workload }: Regulation): RegulationProblem[] {
  const problems: RegulationProblem[] = []
  if (items !== null && period === 'month') {
    problems.push({ reason: 'items_by_month', clause: items.clause, part: 'items', params: {} })
  }
  if (items !== null && workload !== null) {
    const params = { other: items.clause }
    problems.push({ reason: 'items_with_workload', clause: workload.clause, part: 'workload', params })
  }
  for (const { clause, misreports } of vetoes) {
    if (misreports.length === 0) problems.push({ reason: 'misreports_empty', clause, part: 'vetoes', params: {} })
  }
  return problems
}

interface Bounded {
  readonly part: string
  readonly clause: string | null
  readonly field: string
  readonly value: number
  readonly min: number
  readonly max: number
}

/** Every number of the document with what it may be. */
function* boundedValues(regulation: Regulation): Generator<Bounded> {
  const { bonus, commendation, dueProcess, filing, grades, items, phoneCheck, preReport, total, workload } = regulation
  const points = (part: string, clause: string | null, field: string, value: number | null, min = 0): Bounded[] =>
    value === null ? [] : [{ part, clause, field, value, min, max: MAX_POINTS }]
  for (const { clause, limitSeconds: value } of regulation.deadlines) {
    yield { part: 'deadlines', clause, field: 'limitSeconds', value, min: 1, max: MAX_SECONDS }
  }
  if (preReport !== null) {
    const { clause, extendsSeconds: value } = preReport
    yield { part: 'preReport', clause, field: 'extendsSeconds', value, min: 1, max: MAX_SECONDS }
  }
  for (const { clause, schedule } of regulation.followUps) {
    const more = { part: 'followUps', clause }
    if (schedule.kind === 'every_hours') yield { ...more, field: 'hours', value: schedule.hours, min: 1, max: 24 * 31 }
    else {
      yield { ...more, field: 'graceSeconds', value: schedule.graceSeconds, min: 0, max: MAX_SECONDS }
      for (const value of schedule.minutes) yield { ...more, field: 'minutes', value, min: 0, max: 24 * 60 }
    }
  }
  for (const { clause, supplementSeconds: value } of regulation.completeness) {
    yield { part: 'completeness', clause, field: 'supplementSeconds', value, min: 0, max: MAX_SECONDS }
  }
  for (const dimension of DIMENSIONS) {
    const { base, cap, floor, weight } = regulation.dimensions[dimension]
    yield* points('dimensions', null, `${dimension}.base`, base)
    yield* points('dimensions', null, `${dimension}.floor`, floor, -MAX_POINTS)
    yield* points('dimensions', null, `${dimension}.cap`, cap)
    if (weight !== null) {
      yield { part: 'dimensions', clause: null, field: `${dimension}.weight`, value: weight, min: 0, max: WHOLE_WEIGHT }
    }
  }
  for (const { clause, shape } of regulation.deductions) {
    if (shape.kind === 'percent_of_item') {
      yield { part: 'deductions', clause, field: 'percent', value: shape.percent, min: 0, max: 100 }
    } else if (shape.kind !== 'zero_month') {
      yield* points('deductions', clause, 'points', shape.points)
      if (shape.kind !== 'fixed') yield* points('deductions', clause, 'max', shape.max)
      if (shape.kind === 'per_item') yield* points('deductions', clause, 'whenMissing', shape.whenMissing)
    }
  }
  yield { part: 'filing', clause: filing.clause, field: 'leadDays', value: filing.leadDays, min: 0, max: 60 }
  if (items !== null) {
    for (const [use, value] of Object.entries(items.points)) yield* points('items', items.clause, use, value)
  }
  if (workload !== null) {
    yield* points('workload', workload.clause, 'max', workload.max)
    yield { part: 'workload', clause: workload.clause, field: 'fullAt', value: workload.fullAt, min: 1, max: 1_000_000 }
  }
  for (const [kind, value] of Object.entries(bonus.points)) yield* points('bonus', bonus.clause, kind, value)
  yield* points('bonus', bonus.clause, 'maxPerPeriod', bonus.maxPerPeriod)
  yield* points('total', null, 'floor', total.floor, -MAX_POINTS)
  yield* points('total', null, 'cap', total.cap)
  for (const field of ['excellent', 'good', 'fair'] as const) {
    yield* points('grades', grades.clause, field, grades[field], -MAX_POINTS)
  }
  for (const { atLeast: value, clause } of regulation.vetoes) {
    yield { part: 'vetoes', clause, field: 'atLeast', value, min: 1, max: 1_000 }
  }
  const { minEventsOwed } = commendation
  yield {
    part: 'commendation',
    clause: commendation.clause,
    field: 'minEventsOwed',
    value: minEventsOwed,
    min: 0,
    max: 1_000_000,
  }
  for (const [field, min, max] of [
    ['maxRings', 1, 100],
    ['maxSeconds', 1, 3_600],
    ['attempts', 1, 20],
    ['spacingSeconds', 0, 86_400],
    ['callBackSeconds', 0, 86_400],
  ] as const) {
    yield { part: 'phoneCheck', clause: phoneCheck.clause, field, value: phoneCheck[field], min, max }
  }
  for (const field of ['explanationWorkingDays', 'appealWorkingDays'] as const) {
    yield { part: 'dueProcess', clause: dueProcess.clause, field, value: dueProcess[field], min: 1, max: 250 }
  }
}

function checkValues(regulation: Regulation): RegulationProblem[] {
  return [...boundedValues(regulation)]
    .filter(({ max, min, value }) => !Number.isSafeInteger(value) || value < min || value > max)
    .map(({ clause, field, max, min, part, value }) => {
      return { reason: 'value_out_of_range', clause, part, params: { field, value, min, max } }
    })
}

function checkLists(regulation: Regulation): RegulationProblem[] {
  const lists: readonly (readonly [part: string, clause: string | null, list: readonly string[] | null])[] = [
    ['groups', null, regulation.groups],
    ['absorbingMisreports', null, regulation.absorbingMisreports],
    ['filing', regulation.filing.clause, regulation.filing.forms],
    ['commendation', regulation.commendation.clause, regulation.commendation.grades],
    ...regulation.completeness.map(({ clause, required }) => ['completeness', clause, required] as const),
    ...regulation.vetoes.map(({ clause, misreports }) => ['vetoes', clause, misreports] as const),
  ]
  return lists
    .filter(([, , list]) => list !== null && new Set(list).size < list.length)
    .map(([part, clause]) => ({ reason: 'listed_twice', clause, part, params: {} }))
}

/**
 * What contradicts what, or is missing, in a regulation whose shape is right; empty = it can be used. In the order of the
 * document's parts.
 */
export function checkRegulation(regulation: Regulation): RegulationProblem[] {
  return [
    ...checkClauses(regulation),
    ...checkValues(regulation),
    ...checkEventRules(regulation),
    ...checkDimensions(regulation),
    ...checkDeductions(regulation),
    ...checkMethod(regulation),
    ...checkGrades(regulation),
    ...checkLists(regulation),
  ]
}
